package dev.longhaul.core.volume;

import java.util.List;

import dev.longhaul.core.application.Application;
import dev.longhaul.core.application.ApplicationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VolumeValuesTest {

	@ParameterizedTest
	@CsvSource(textBlock = """
			0, 0 B
			1023, 1023 B
			1024, 1 KiB
			1536, 1.5 KiB
			19083034, 18.2 MiB
			268435456, 256 MiB
			442381631488, 412 GiB
			9223372036854775807, 8 EiB
			""")
	void sizesPrintAsPeopleReadThem(long bytes, String text) {
		assertThat(new ByteSize(bytes)).hasToString(text);
	}

	@Test
	void sizesAreNeverNegativeAndNeverOverflow() {
		assertThatThrownBy(() -> new ByteSize(-1)).hasMessage("a size is never negative: -1");
		assertThatThrownBy(() -> new ByteSize(Long.MAX_VALUE).plus(new ByteSize(1)))
			.isInstanceOf(ArithmeticException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", "../x", "a/b", "a", "", "-a", "a b", "ä-volume" })
	void namesThatCouldLeaveTheirFolderAreRefused(String name) {
		assertThatThrownBy(() -> new VolumeName(name)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageStartingWith("'" + name + "' is not a volume name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90", "A.b_c", "backup_1.cfg" })
	void namesLonghornUsesAreAccepted(String name) {
		assertThat(new VolumeName(name)).hasToString(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data", "/data", "gitea/", "a/b/c", "" })
	void aClaimIsANamespaceAndAName(String text) {
		assertThat(ClaimRef.parse("gitea/data")).isEqualTo(new ClaimRef("gitea", "data"));
		assertThatThrownBy(() -> ClaimRef.parse(text)).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("'" + text + "' is not a claim; write namespace/name");
	}

	@Test
	void anApplicationNamesEachClaimOnce() {
		ClaimRef claim = new ClaimRef("gitea", "data");

		assertThatThrownBy(() -> new Application(new ApplicationName("gitea"), List.of(claim, claim)))
			.hasMessage("application 'gitea' names a claim twice: [gitea/data, gitea/data]");
		assertThatThrownBy(() -> new Application(new ApplicationName("gitea"), List.of()))
			.hasMessage("application 'gitea' names no claim");
	}

}
