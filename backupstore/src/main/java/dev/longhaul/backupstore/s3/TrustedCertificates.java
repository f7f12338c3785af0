package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The certificates a bucket's server may be vouched for by: those Java trusts and some
 * more.
 */
final class TrustedCertificates {

	private TrustedCertificates() {
	}

	/**
	 * @throws RefusedRequest if the text holds no certificate
	 */
	static TrustManager[] withAlso(String pem) {
		try {
			Collection<? extends Certificate> added = CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
			if (added.isEmpty()) {
				throw noCertificate(null);
			}
			KeyStore trusted = trustedByJava();
			for (Certificate certificate : added) {
				trusted.setCertificateEntry("added-" + trusted.size(), certificate);
			}
			return managersOf(trusted);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw noCertificate(ex);
		}
	}

	private static KeyStore trustedByJava() throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		for (TrustManager manager : managersOf(null)) {
			if (manager instanceof X509TrustManager known) {
				for (Certificate certificate : known.getAcceptedIssuers()) {
					trusted.setCertificateEntry("java-" + trusted.size(), certificate);
				}
			}
		}
		return trusted;
	}

	private static TrustManager[] managersOf(@Nullable KeyStore trusted) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		return factory.getTrustManagers();
	}

	private static RefusedRequest noCertificate(@Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"the certificate authority given for the bucket is not a certificate in PEM",
				"give the text between and including BEGIN CERTIFICATE and END CERTIFICATE", cause);
	}

}
