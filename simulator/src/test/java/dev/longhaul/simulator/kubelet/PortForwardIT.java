package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class PortForwardIT {

	/** Gives back what it gets, on any number of connections. */
	private static final String ECHO_SERVER = """
			exec perl -MIO::Socket::INET -e '
			$| = 1;
			my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => %d, Listen => 5) or die;
			print "listening\\n";
			while (my $client = $server->accept) {
				next if fork;
				while (sysread($client, my $bytes, 65536)) {
					for (my $at = 0; $at < length($bytes);) { $at += syswrite($client, $bytes, length($bytes) - $at, $at); }
				}
				exit;
			}'
			""";

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	PortForwardIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		Programs.requireSandboxes();
		Programs.require("perl");
		node = NodeSession.open(kind, directory);
	}

	@Test
	void reachesAProcessOfThePod() throws Exception {
		int port = freePort();
		PodResource pod = runServer(port);

		try (LocalPortForward forward = pod.portForward(port)) {
			assertThat(echo(forward, "hello".getBytes(StandardCharsets.UTF_8)))
				.isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
			assertThat(forward.errorOccurred()).isFalse();
		}
	}

	@Test
	void carriesMoreThanAnyBufferHoldsBothWaysAtOnce() throws Exception {
		int port = freePort();
		runServer(port);
		byte[] random = new byte[3 * 1024 * 1024];
		new Random(7).nextBytes(random);

		try (KubernetesClient client = node.vertxClient();
				LocalPortForward forward = client.pods()
					.inNamespace(node.namespace())
					.withName("server")
					.portForward(port)) {
			assertThat(echo(forward, random)).isEqualTo(random);
			assertThat(forward.errorOccurred()).isFalse();
		}
	}

	@Test
	void tellsThatNobodyListens() throws Exception {
		PodResource pod = node.run(node.pod("deaf"));

		try (LocalPortForward forward = pod.portForward(freePort());
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
			assertThat(socket.getInputStream().read()).isNegative();

			NodeSession.await("the error").until(forward::errorOccurred);
			assertThat(forward.getServerThrowables()).first()
				.extracting(Throwable::getMessage)
				.asString()
				.contains("inside the pod: Connection refused");
		}
	}

	private PodResource runServer(int port) {
		PodResource pod = node.run(node.pod("server")
			.editMetadata()
			.addToAnnotations(ContainerSpecs.RUN, ECHO_SERVER.formatted(port))
			.endMetadata());
		NodeSession.await("the server").until(() -> pod.getLog().startsWith("listening"));
		return pod;
	}

	private static byte[] echo(LocalPortForward forward, byte[] bytes) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
			CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(socket, bytes));
			InputStream input = socket.getInputStream();
			byte[] back = input.readNBytes(bytes.length);
			written.join();
			return back;
		}
	}

	private static void write(Socket socket, byte[] bytes) {
		try {
			socket.getOutputStream().write(bytes);
			socket.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return any.getLocalPort();
		}
	}

}
