package dev.longhaul.restore.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Names on this machine for what has names elsewhere. One step of a path, never out of
 * the directory it is put into, whatever the name was.
 */
final class LocalName {

	/** What every file system takes, with room for an ending. */
	private static final int LONGEST = 200;

	/** What Linux takes. */
	private static final int LONGEST_FILE = 255;

	private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

	private LocalName() {
	}

	/**
	 * For the folder of a claim: its own words, where they are those Kubernetes allows.
	 */
	static String of(ClaimRef claim) {
		return shortened(plain(claim.namespace()) + "_" + plain(claim.name()), LONGEST);
	}

	/** For the folder of a volume that no claim is known of. */
	static String ofVolume(String volume) {
		return shortened(plain(volume), LONGEST);
	}

	private static String plain(String text) {
		return PLAIN.matcher(text).matches() ? text : escaped(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * For a file, from a name that may be any bytes. The same, if a file can be called
	 * so; else with what cannot be said written as percent and two digits.
	 */
	static String of(byte[] stored) {
		String text = text(stored);
		return isPossible(text, stored.length) ? text : shortened(escaped(stored), LONGEST_FILE);
	}

	/**
	 * Another name for a file whose own is taken.
	 * @param inode told apart by it
	 */
	static String instead(String name, long inode) {
		return shortened(name, LONGEST) + "%" + inode;
	}

	/** Empty if it is no text. */
	private static String text(byte[] stored) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stored)).toString();
		}
		catch (CharacterCodingException ex) {
			return "";
		}
	}

	private static boolean isPossible(String text, int bytes) {
		if (text.isEmpty() || bytes > LONGEST_FILE || text.equals(".") || text.equals("..") || text.indexOf('/') >= 0
				|| text.indexOf('\0') >= 0) {
			return false;
		}
		try {
			return Path.of(text).getNameCount() == 1 && Path.of(text).toString().equals(text);
		}
		catch (InvalidPathException ex) {
			// The names of this machine are in an encoding that lacks a letter of it.
			return false;
		}
	}

	/** Letters stay, if this machine has them; bytes that are no text have none. */
	private static String escaped(byte[] stored) {
		String text = text(stored);
		Charset charset = text.isEmpty() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
		StringBuilder name = new StringBuilder();
		new String(stored, charset).codePoints().forEach(c -> {
			String letter = Character.toString(c);
			if ((c < 0x80 || !text.isEmpty()) && isKept(letter)) {
				name.append(letter);
			}
			else {
				for (byte each : letter.getBytes(charset)) {
					name.append("%%%02X".formatted(each & 0xff));
				}
			}
		});
		String result = name.toString();
		return result.matches("\\.+") ? result.replace(".", "%2E") : result;
	}

	private static boolean isKept(String letter) {
		return letter.equals(".")
				|| (!letter.equals("%") && !Character.isISOControl(letter.codePointAt(0)) && isPossible(letter, 1));
	}

	private static String shortened(String name, int most) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= most) {
			return name;
		}
		String mark = "%" + Integer.toHexString(Arrays.hashCode(bytes));
		StringBuilder head = new StringBuilder();
		int room = most - mark.length();
		for (int c : name.codePoints().toArray()) {
			String letter = Character.toString(c);
			room -= letter.getBytes(StandardCharsets.UTF_8).length;
			if (room < 0) {
				break;
			}
			head.append(letter);
		}
		return head + mark;
	}

}
