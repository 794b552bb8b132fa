"""Operations: several agencies against one platform or group, each with targets of its own."""
