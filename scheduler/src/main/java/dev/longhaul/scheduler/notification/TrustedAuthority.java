package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for the other side of a channel: whom Java trusts, or else only the
 * certificate authority among the channel's credentials.
 */
final class TrustedAuthority {

	private TrustedAuthority() {
	}

	/**
	 * @throws RefusedRequest if the authority that is given is no certificate
	 */
	static SSLContext of(@Nullable Credentials credentials) {
		SecretFile authority = (credentials != null) ? credentials.file(Credentials.AUTHORITY) : null;
		try {
			return (authority != null && authority.exists()) ? trusting(authority.path()) : SSLContext.getDefault();
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"'%s' is not a certificate in PEM".formatted((authority != null) ? authority.path() : "default"),
					"give the text between and including BEGIN CERTIFICATE and END CERTIFICATE", ex);
		}
	}

	private static SSLContext trusting(Path file) throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream in = Files.newInputStream(file)) {
			Collection<? extends Certificate> given = CertificateFactory.getInstance("X.509").generateCertificates(in);
			if (given.isEmpty()) {
				throw new IOException("there is no certificate");
			}
			for (Certificate certificate : given) {
				trusted.setCertificateEntry("given-" + trusted.size(), certificate);
			}
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

}
