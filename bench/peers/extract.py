"""Run inside a peer's own environment: texts as JSON in, what the peer finds as JSON out."""

import json
import sys
import time


def ioc_finder():
    from ioc_finder import find_iocs

    kinds = {
        "bitcoin_addresses": "btc", "domains": "domain", "email_addresses": "email",
        "email_addresses_complete": "email", "ipv4s": "ipv4", "ipv6s": "ipv6", "md5s": "md5",
        "monero_addresses": "xmr", "sha1s": "sha1", "sha256s": "sha256", "urls": "url",
    }  # fmt: skip

    def find(text):
        found = find_iocs(text)
        return [(kinds[k], v) for k, values in found.items() if k in kinds for v in values]

    return find


def iocextract():
    import iocextract as peer

    def find(text):
        found = [("email", v) for v in peer.extract_emails(text, refang=True)]
        found += [("url", v) for v in peer.extract_urls(text, refang=True)]
        found += [("ip", v) for v in peer.extract_ips(text, refang=True)]
        found += [("hash", v) for v in peer.extract_hashes(text)]
        return found + [("phone", v) for v in peer.extract_telephone_nums(text)]

    return find


def iocsearcher():
    from iocsearcher.searcher import Searcher

    searcher = Searcher()
    kinds = {
        "bitcoin": "crypto", "bitcoincash": "crypto", "cardano": "crypto", "dashcoin": "crypto",
        "dogecoin": "crypto", "email": "email", "ethereum": "crypto", "fqdn": "domain",
        "ip4": "ipv4", "ip6": "ipv6", "litecoin": "crypto", "md5": "md5", "monero": "crypto",
        "phoneNumber": "phone", "ripple": "crypto", "sha1": "sha1", "sha256": "sha256",
        "stellar": "crypto", "tezos": "crypto", "tron": "crypto", "url": "url", "uuid": "uuid",
        "zcash": "crypto",
    }  # fmt: skip

    def find(text):
        found = []
        for ioc in searcher.search_data(text):
            if ioc.name in kinds:
                found.append((kinds[ioc.name], ioc.value))
            elif ioc.name.endswith("Handle"):
                found.append(("handle", f"{ioc.name.removesuffix('Handle')}:{ioc.value}"))
        return found

    return find


def msticpy():
    from msticpy.transform.iocextract import IoCExtract

    peer = IoCExtract()
    kinds = {
        "dns": "domain", "email": "email", "ipv4": "ipv4", "ipv6": "ipv6", "md5_hash": "md5",
        "sha1_hash": "sha1", "sha256_hash": "sha256", "url": "url",
    }  # fmt: skip

    def find(text):
        found = peer.extract(src=text)
        return [(kinds[k], v) for k, values in found.items() if k in kinds for v in values]

    return find


def presidio():
    from presidio_analyzer import predefined_recognizers as peers

    asked = {
        peers.CryptoRecognizer: ("CRYPTO", "crypto"),
        peers.EmailRecognizer: ("EMAIL_ADDRESS", "email"),
        peers.IpRecognizer: ("IP_ADDRESS", "ip"), peers.UrlRecognizer: ("URL", "url"),
    }  # fmt: skip
    ready = [(recognizer(), *names) for recognizer, names in asked.items()]
    phone = peers.PhoneRecognizer(supported_regions=("CA", "US", "GB", "FR"))

    def find(text):
        found = []
        for recognizer, entity, kind in [*ready, (phone, "PHONE_NUMBER", "phone")]:
            results = recognizer.analyze(text, [entity], None) or []
            found += [(kind, text[result.start : result.end]) for result in results]
        return found

    return find


FINDERS = {
    "ioc-finder": ioc_finder, "iocextract": iocextract, "iocsearcher": iocsearcher,
    "msticpy": msticpy, "presidio": presidio,
}  # fmt: skip


def main() -> None:
    texts, find = json.load(sys.stdin), FINDERS[sys.argv[1]]()
    find("a first text warms what is loaded late")
    started, found = time.process_time(), []
    for text in texts:
        try:
            found.append(find(text))
        except ValueError:
            found.append([])
    json.dump({"found": found, "seconds": time.process_time() - started}, sys.stdout)


if __name__ == "__main__":
    main()
