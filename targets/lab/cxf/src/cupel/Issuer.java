package cupel;

/** Whom an issuer of grants may speak of, and its keys. */
record Issuer(String subject, Keys keys) {}
