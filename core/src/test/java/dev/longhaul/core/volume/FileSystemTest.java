package dev.longhaul.core.volume;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileSystemTest {

	private static final UUID ID = UUID.fromString("6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b");

	private static final String ID_HEX = ID.toString().replace("-", "");

	@Test
	void recognisesExt4() {
		byte[] beginning = new byte[2 * 1024 * 1024];
		put(beginning, 1024 + 0x38, "53ef");
		put(beginning, 1024 + 0x68, ID_HEX);

		assertThat(FileSystem.of(beginning)).contains(new FileSystem(FileSystem.Kind.EXT4, ID));
		assertThat(FileSystem.of(beginning)).hasToString("Optional[ext4 " + ID + "]");
	}

	@Test
	void recognisesXfs() {
		byte[] beginning = new byte[FileSystem.BEGINNING];
		put(beginning, 0, "58465342");
		put(beginning, 32, ID_HEX);

		assertThat(FileSystem.of(beginning)).contains(new FileSystem(FileSystem.Kind.XFS, ID));
	}

	@Test
	void recognisesAnEncryptedVolume() {
		assertThat(FileSystem.of(luks(ID.toString()))).contains(new FileSystem(FileSystem.Kind.LUKS, ID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1-2-3-4-5", "6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6",
			"00000000-0000-0000-0000-000000000000", "zf1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b" })
	void whatIsNoIdentifierIsNone(String text) {
		assertThat(FileSystem.of(luks(text))).isEmpty();
	}

	@Test
	void doesNotKnowAnythingElse() {
		byte[] noise = new byte[FileSystem.BEGINNING];
		Arrays.fill(noise, (byte) 0x5A);
		byte[] withoutIdentifier = new byte[FileSystem.BEGINNING];
		put(withoutIdentifier, 1024 + 0x38, "53ef");
		byte[] almostLuks = luks(ID.toString());
		put(almostLuks, 4, "bebe");

		assertThat(FileSystem.of(noise)).isEmpty();
		assertThat(FileSystem.of(new byte[FileSystem.BEGINNING])).isEmpty();
		assertThat(FileSystem.of(withoutIdentifier)).isEmpty();
		assertThat(FileSystem.of(almostLuks)).isEmpty();
		assertThat(FileSystem.of(new byte[FileSystem.BEGINNING - 1])).isEmpty();
		assertThat(FileSystem.of(new byte[0])).isEmpty();
	}

	private static byte[] luks(String id) {
		byte[] beginning = new byte[FileSystem.BEGINNING];
		put(beginning, 0, "4c554b53babe0002");
		put(beginning, 168, HexFormat.of().formatHex(id.getBytes(StandardCharsets.US_ASCII)));
		return beginning;
	}

	private static void put(byte[] bytes, int offset, String hex) {
		byte[] value = HexFormat.of().parseHex(hex);
		System.arraycopy(value, 0, bytes, offset, value.length);
	}

}
