package io.pidcheck.bot.local.cluster.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;

/**
 * A CA that lives as long as this object. Its keys never leave memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
public final class Authority {

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final int EXTENSIONS = 0xA3;
  private static final int VERSION = 0xA0;
  private static final BigInteger V3 = BigInteger.TWO;
  private static final int SERIAL_BITS = 120;
  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final char[] NO_PASSWORD = {};

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private Authority(String name) throws GeneralSecurityException {
    this.name = name;
    this.keys = keys();
    byte[] constraints = extension(BASIC_CONSTRAINTS, Der.sequence(Der.truth()));
    this.certificate = signed(name, keys.getPublic(), constraints);
  }

  /** A new one, trusted by nobody yet. */
  public static Authority create(String name) {
    try {
      return new Authority(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has EC keys", e);
    }
  }

  /** Its certificate, for whoever is to trust it. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateException e) {
      throw new IllegalStateException("our own certificate", e);
    }
  }

  /**
   * A new key and its certificate, for a server.
   *
   * @param host as a DNS name
   * @param address as an IP address, too
   */
  public KeyManagerFactory server(String host, InetAddress address) {
    try {
      KeyPair server = keys();
      byte[] names =
          Der.sequence(
              Der.tagged(DNS_NAME, host.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
              Der.tagged(IP_ADDRESS, address.getAddress()));
      X509Certificate issued =
          signed(host, server.getPublic(), extension(ALTERNATIVE_NAMES, names));
      return managers(server.getPrivate(), issued);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a certificate for " + host, e);
    }
  }

  private KeyManagerFactory managers(PrivateKey key, X509Certificate issued)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("server", key, NO_PASSWORD, new X509Certificate[] {issued, certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private X509Certificate signed(String subject, PublicKey key, byte[] extension)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] contents =
        Der.sequence(
            Der.tagged(VERSION, Der.integer(V3)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom())),
            algorithm,
            named(name),
            Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(VALID))),
            named(subject),
            key.getEncoded(),
            Der.tagged(EXTENSIONS, Der.sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(contents);
    byte[] whole = Der.sequence(contents, algorithm, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] named(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
  }

  private static byte[] extension(String oid, byte[] content) {
    return oid.equals(BASIC_CONSTRAINTS)
        ? Der.sequence(Der.oid(oid), Der.truth(), Der.octets(content)) // critical
        : Der.sequence(Der.oid(oid), Der.octets(content));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
