package dev.longhaul.core.digest;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Sha256Test {

	/** From FIPS 180-2, appendix B. */
	@Test
	void isTheOneOfTheStandard() {
		assertThat(Sha256.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	}

	@Test
	void isTheSameInPieces() {
		byte[] text = "one\nzwölf\n".getBytes(StandardCharsets.UTF_8);
		Sha256 pieces = new Sha256();
		pieces.add(text, 0, 5);
		pieces.add(text, 5, text.length - 5);
		Sha256 lines = new Sha256();
		lines.addLine("one");
		lines.addLine("zwölf");

		assertThat(pieces.finish()).isEqualTo(lines.finish()).isEqualTo(Sha256.of(text));
	}

}
