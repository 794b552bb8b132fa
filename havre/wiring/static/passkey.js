/* Passkeys: asks the browser for one and puts its answer into the form. Nothing else runs here. */
(() => {
  "use strict";

  const optionsOf = async (form) => {
    const stored = form.dataset.passkeyOptions;
    if (stored) {
      return JSON.parse(stored);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error("no options");
    }
    return (await answer.json()).request_options;
  };

  /* A passkey that opens the account alone must be stored in the device and ask for its owner. */
  const asWished = (form, options) => {
    const alone = form.elements.passwordless.checked;
    Object.assign(options.publicKey.authenticatorSelection, {
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : "preferred",
    });
    return options;
  };

  const credentialFor = async (form) => {
    const options = await optionsOf(form);
    return form.dataset.passkey === "make"
      ? window.webauthnJSON.create(asWished(form, options))
      : window.webauthnJSON.get(options);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-button]");
    const fault = form.querySelector("[data-passkey-fault]");
    if (!window.webauthnJSON.supported()) {
      form.querySelector("[data-passkey-missing]").hidden = false;
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      fault.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await credentialFor(form));
        form.submit();
      } catch {
        fault.hidden = false;
      }
    });
    /* Enter in the name's field would send the form without a passkey. */
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.click();
    });
  }
})();
