package dev.longhaul.longhorn.cluster;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LonghornVersionTest {

	@ParameterizedTest
	@CsvSource({ "v1.6.4, false, false", "v1.7.0, true, false", "1.7.3, true, false", "v1.8.0-rc1, true, true",
			"v1.9.1, true, true", "v1.12.1, true, true", "v1.13.0-dev-20260901, true, true", "v2.0.0, true, true",
			"master-abcdef, true, true", "v99999999999.1.1, true, true" })
	void knowsWhatAReleaseKnows(String text, boolean backupMode, boolean severalTargets) {
		LonghornVersion version = LonghornVersion.parse(text);

		assertThat(version.knowsBackupMode()).isEqualTo(backupMode);
		assertThat(version.knowsSeveralTargets()).isEqualTo(severalTargets);
	}

}
