package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.batch.stop.StopSignal;

/**
 * A configuration of a server that serves at a port of its own, with nothing behind it: a
 * cluster that does not answer, a bucket in a directory.
 */
public final class ServedConfiguration {

	private static final String TEXT = """
			longhaul:
			  cluster:
			    kubeconfig: DIRECTORY/kubeconfig
			    site: home
			  target:
			    url: file:///DIRECTORY/bucket
			    credentials: DIRECTORY/credentials
			  database: DIRECTORY/longhaul
			""";

	private static final String APPLICATIONS = "  applications: [{name: gitea, claims: [gitea/data]}]\n";

	private static final String ANY_PORT = "  server: {port: 0}\n";

	private static final String KUBECONFIG = """
			apiVersion: v1
			kind: Config
			current-context: home
			clusters: [{name: home, cluster: {server: "https://127.0.0.1:1"}}]
			contexts: [{name: home, context: {cluster: home, user: home}}]
			users: [{name: home, user: {token: a-token}}]
			""";

	private final Path directory;

	private final String more;

	private ServedConfiguration(Path directory, String more) {
		this.directory = directory;
		this.more = more;
	}

	public static ServedConfiguration in(Path directory) {
		return new ServedConfiguration(directory, "");
	}

	/**
	 * @param setting a line of YAML under {@code longhaul}
	 */
	public ServedConfiguration with(String setting) {
		return new ServedConfiguration(directory, more + "  " + setting + "\n");
	}

	public Server serve() {
		return Server.serve(write(), new StopSignal());
	}

	/** The file with it. */
	public Path write() {
		try {
			Files.createDirectories(directory.resolve("bucket"));
			Files.createDirectories(directory.resolve("credentials"));
			Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
			Files.writeString(directory.resolve("credentials/AWS_ACCESS_KEY_ID"), "key");
			String text = TEXT + (more.contains("  git:") ? "" : APPLICATIONS)
					+ (more.contains("  server:") ? "" : ANY_PORT) + more;
			return Files.writeString(directory.resolve("longhaul.yaml"),
					text.replace("DIRECTORY", directory.toString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
