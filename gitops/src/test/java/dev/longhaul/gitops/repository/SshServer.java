package dev.longhaul.gitops.repository;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * OpenSSH's own server as an ordinary process, with a configuration and keys of its own.
 * Whoever runs the tests is the user that logs in; {@code git-upload-pack} and
 * {@code git-receive-pack} are Git's.
 */
public final class SshServer implements AutoCloseable {

	private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

	private final Path directory;

	private final int port;

	private final Process process;

	private SshServer(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	/** Aborts the test where there is no such server to start. */
	public static SshServer start(Path directory) throws IOException {
		assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM + "; Debian's package is openssh-server");
		Files.createDirectories(directory);
		Path separation = Path.of("/run/sshd");
		if (System.getProperty("user.name").equals("root") && !Files.exists(separation)) {
			// As its service would; as another user it needs none.
			Files.createDirectory(separation);
		}
		keygen(directory.resolve("host"), "ed25519");
		Files.createFile(directory.resolve("authorized_keys"));
		int port = freePort();
		Path config = Files.writeString(directory.resolve("sshd_config"), """
				ListenAddress 127.0.0.1
				Port %d
				HostKey %s/host
				AuthorizedKeysFile %s/authorized_keys
				AcceptEnv GIT_PROTOCOL
				StrictModes no
				UsePAM no
				PasswordAuthentication no
				KbdInteractiveAuthentication no
				PermitRootLogin prohibit-password
				PidFile none
				""".formatted(port, directory, directory));
		Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
			.redirectErrorStream(true)
			.start();
		awaitListening(process, port);
		return new SshServer(directory, port, process);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** It says so itself; what it says later is read so that it never waits for us. */
	private static void awaitListening(Process process, int port) throws IOException {
		BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
		StringBuilder said = new StringBuilder();
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			said.append(line).append('\n');
			if (line.contains("Server listening on 127.0.0.1 port " + port)) {
				Thread rest = new Thread(() -> readOn(lines), "sshd");
				rest.setDaemon(true);
				rest.start();
				return;
			}
		}
		throw new IOException("sshd ended: " + said);
	}

	private static void readOn(BufferedReader lines) {
		try {
			while (lines.readLine() != null) {
				// Nobody looks at it.
			}
		}
		catch (IOException ex) {
			// It was stopped.
		}
	}

	/**
	 * @param options of ssh-keygen
	 * @return a new private key that the server accepts, in a directory of its own with
	 * the known hosts, as a Secret is mounted
	 */
	public GitLogin.Key login(String name, String... options) throws IOException {
		Path secret = Files.createDirectories(directory.resolve(name));
		keygen(secret.resolve("identity"), options);
		accept(secret.resolve("identity"));
		knows(secret, hostKey());
		return GitLogin.Key.in(secret);
	}

	private void accept(Path key) throws IOException {
		String line = Files.readString(Path.of(key + ".pub"));
		Path authorized = directory.resolve("authorized_keys");
		Files.writeString(authorized, Files.readString(authorized) + line);
	}

	/** From now on no key is accepted any more. */
	public void forgetKeys() throws IOException {
		Files.writeString(directory.resolve("authorized_keys"), "");
	}

	/** Type and key, without its comment. */
	public String hostKey() throws IOException {
		return publicHalf(directory.resolve("host"));
	}

	/** Of a key that no server has. */
	public String anotherHostKey() throws IOException {
		Path key = directory.resolve("another");
		if (!Files.exists(key)) {
			keygen(key, "ed25519");
		}
		return publicHalf(key);
	}

	private static String publicHalf(Path key) throws IOException {
		String[] parts = Files.readString(Path.of(key + ".pub")).split(" ", -1);
		return parts[0] + " " + parts[1];
	}

	/** As ssh-keygen shows it. */
	public String hostFingerprint() throws IOException {
		return run(List.of("ssh-keygen", "-lf", directory.resolve("host.pub").toString())).split(" ", -1)[1];
	}

	/** Writes the known hosts of a Secret. */
	public void knows(Path secret, String hostKey) throws IOException {
		Files.writeString(secret.resolve("known_hosts"), "[127.0.0.1]:%d %s\n".formatted(port, hostKey));
	}

	public String url(Path repository) {
		return "ssh://%s@127.0.0.1:%d%s".formatted(System.getProperty("user.name"), port, repository);
	}

	public int port() {
		return port;
	}

	private static void keygen(Path file, String... options) throws IOException {
		List<String> type = (options.length == 0) ? List.of("ed25519") : List.of(options);
		List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString(), "-t", type.get(0)));
		command.addAll(type.subList(1, type.size()));
		if (!command.contains("-N")) {
			command.addAll(List.of("-N", ""));
		}
		run(command);
	}

	private static String run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (process.waitFor() != 0) {
				throw new IOException(command + ": " + output);
			}
			return output;
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		process.destroy();
		try {
			process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
