package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLSocket;

/**
 * TLS in front of a mail server that has none: from the first byte on, or from STARTTLS
 * on. What is said after that reaches the server behind it as it is.
 */
final class TlsFront {

	private TlsFront() {
	}

	static RawServer fromTheStart(ServerCertificate certificate, int behind) {
		return RawServer.start(socket -> pipe(encrypted(certificate, socket), behind, false));
	}

	static RawServer fromStartTls(ServerCertificate certificate, int behind) {
		return RawServer.start(socket -> {
			OutputStream out = socket.getOutputStream();
			say(out, "220 front");
			for (String line = readLine(socket.getInputStream()); !line
				.equals("STARTTLS"); line = readLine(socket.getInputStream())) {
				if (!line.startsWith("EHLO ")) {
					throw new IOException("in the open: " + line);
				}
				say(out, "250-front\r\n250 STARTTLS");
			}
			say(out, "220 go on");
			pipe(encrypted(certificate, socket), behind, true);
		});
	}

	private static SSLSocket encrypted(ServerCertificate certificate, Socket socket) throws IOException {
		SSLSocket encrypted = (SSLSocket) certificate.context()
			.getSocketFactory()
			.createSocket(socket, null, socket.getPort(), true);
		encrypted.setUseClientMode(false);
		encrypted.startHandshake();
		return encrypted;
	}

	/**
	 * @param greeted whether the client had its greeting already
	 */
	private static void pipe(Socket client, int behind, boolean greeted) throws IOException {
		try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
			if (greeted) {
				readLine(server.getInputStream());
			}
			Thread back = new Thread(() -> copy(server, client), "tls-front");
			back.setDaemon(true);
			back.start();
			client.getInputStream().transferTo(server.getOutputStream());
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
			to.close();
		}
		catch (IOException ex) {
			// One of both has hung up.
		}
	}

	private static void say(OutputStream out, String line) throws IOException {
		out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	/** Not one byte more than the line. */
	private static String readLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new IOException("hung up");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

}
