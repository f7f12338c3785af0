package dev.longhaul.scheduler.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A mail server that answers by a script, for what no real one does on demand.
 */
final class ScriptedSmtp {

	private ScriptedSmtp() {
	}

	/**
	 * @param replies alternately the beginning of a command and what is answered to it;
	 * all others are granted
	 */
	static RawServer start(String... replies) {
		return RawServer.start(socket -> {
			OutputStream out = socket.getOutputStream();
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			say(out, "220 scripted");
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String reply = reply(line, replies);
				say(out, reply);
				if (reply.startsWith("354")) {
					while (!in.readLine().equals(".")) {
						// The mail itself does not matter.
					}
					say(out, reply("<end of data>", replies));
				}
			}
		});
	}

	private static String reply(String line, String... replies) {
		for (int i = 0; i < replies.length; i += 2) {
			if (line.startsWith(replies[i])) {
				return replies[i + 1];
			}
		}
		return line.equals("DATA") ? "354 go on" : "250 ok";
	}

	private static void say(OutputStream out, String line) throws IOException {
		out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

}
