package dev.longhaul.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of 127.0.0.1 that only vouches for itself.
 *
 * @param file it, in PEM
 * @param keys for a server that shows it
 */
public record OwnCertificate(Path file, SSLContext keys) {

	private static final String PASSWORD = "changeit";

	public static OwnCertificate in(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
		Path store = directory.resolve("server.p12");
		Path file = directory.resolve("server.pem");
		keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=server", "-ext", "SAN=ip:127.0.0.1");
		keytool(store, "-exportcert", "-rfc", "-file", file.toString());
		try (InputStream in = Files.newInputStream(store)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			managers.init(keys, PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(managers.getKeyManagers(), null, null);
			return new OwnCertificate(file, context);
		}
	}

	private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
		List<String> program = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		List<String> common = List.of("-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD);
		List<String> command = Stream.of(program, List.of(arguments), common).flatMap(List::stream).toList();
		int status = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		if (status != 0) {
			throw new IOException("keytool has ended with " + status);
		}
	}

}
