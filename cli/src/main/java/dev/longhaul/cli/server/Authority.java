package dev.longhaul.cli.server;

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
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for a server: whom Java trusts, or else only the authority that is named.
 */
public final class Authority {

	private Authority() {
	}

	/**
	 * @param file with certificates in PEM; null for whom Java trusts
	 * @throws RefusedRequest if the file holds none
	 */
	public static SSLContext of(@Nullable Path file) {
		try {
			return (file != null) ? trusting(file) : SSLContext.getDefault();
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' holds no certificates in PEM that can be read".formatted(file),
					"give the text between and including BEGIN CERTIFICATE and END CERTIFICATE", ex);
		}
	}

	private static SSLContext trusting(Path file) throws GeneralSecurityException, IOException {
		Collection<? extends Certificate> given;
		try (InputStream in = Files.newInputStream(file)) {
			given = CertificateFactory.getInstance("X.509").generateCertificates(in);
		}
		if (given.isEmpty()) {
			throw new IOException("there is no certificate");
		}
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		for (Certificate certificate : given) {
			trusted.setCertificateEntry("given-" + trusted.size(), certificate);
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

}
