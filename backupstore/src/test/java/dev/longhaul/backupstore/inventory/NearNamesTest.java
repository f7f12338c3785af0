package dev.longhaul.backupstore.inventory;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearNamesTest {

	private final NearNames names = new NearNames(
			List.of("gitea-data", "gitea-db", "nextcloud", "vaultwarden", "paperless", "pvc-3f1d8a52-7c64"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nextclou  | did you mean 'nextcloud'?
			netxcloud | did you mean 'nextcloud'?
			nxcloud   | did you mean 'nextcloud'?
			gitea     | did you mean 'gitea-db' or 'gitea-data'?
			pvc-3f1d  | did you mean 'pvc-3f1d8a52-7c64'?
			""")
	void findsWhatIsNearOrBeginsAlike(String asked, String hint) {
		assertThat(names.hint(asked)).isEqualTo(hint);
	}

	@Test
	void listsSomeWhereNoneIsNear() {
		assertThat(names.hint("x"))
			.isEqualTo("there are: gitea-data, gitea-db, nextcloud, paperless, pvc-3f1d8a52-7c64, … (6 in all)");
		assertThat(new NearNames(List.of("one", "two")).hint("elsewhere")).isEqualTo("there are: one, two");
	}

	@Test
	void saysSoWhereThereIsNone() {
		assertThat(new NearNames(List.of()).hint("x")).isEqualTo("there is none at all");
	}

}
