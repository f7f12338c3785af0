package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.core.volume.ByteSize;

/**
 * A process in the middle of a check, for as long as its input lasts.
 */
final class RoomHolder {

	private RoomHolder() {
	}

	public static void main(String[] arguments) throws IOException {
		try (Scratch.Room room = new Scratch(Path.of(arguments[0]), ByteSize.ofMebibytes(1)).room()) {
			Files.writeString(room.path().resolve("image"), "half of it");
			System.out.println("here");
			System.exit(System.in.read());
		}
	}

}
