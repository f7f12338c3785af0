package dev.longhaul.backupstore.target;

import java.nio.file.Path;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetUrlTest {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			s3://backups@eu-central-003/,          backups, eu-central-003, ""
			s3://backups@eu-central-003/longhorn,  backups, eu-central-003, longhorn/
			s3://backups@us-west-004//a//b/,       backups, us-west-004,    a/b/
			""")
	void readsLonghornsForm(String url, String bucket, String region, String path) {
		assertThat(TargetUrl.parse(url)).isEqualTo(new TargetUrl.S3(bucket, region, path));
	}

	@Test
	void readsADirectory() {
		assertThat(TargetUrl.parse("file:///srv/backups/../nas"))
			.isEqualTo(new TargetUrl.Directory(Path.of("/srv/nas")))
			.hasToString("file:///srv/nas");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					s3://backups/longhorn             | 's3://backups/longhorn' names no region
					s3://backups@eu-central-003       | 's3://backups@eu-central-003' has no path; Longhorn wants at least a '/' after the region
					s3://@eu-central-003/             | 's3://@eu-central-003/' names no bucket of 3 to 63 letters, digits, '.', '_' and '-'
					s3://b@x@y/                       | 's3://b@x@y/' names no bucket of 3 to 63 letters, digits, '.', '_' and '-'
					s3://backups@eu-central-003/../x  | 's3://backups@eu-central-003/../x' has the segment '..' in its path
					nfs://server:/export              | 'nfs' is a scheme that is not read
					file://backups                    | 'file://backups' is not an absolute file URL
					/srv/backups                      | '/srv/backups' is not the URL of a backup target
					""                                | '' is not the URL of a backup target
					""")
	void saysWhatIsWrongAndWhatToWriteInstead(String url, String message) {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> TargetUrl.parse(url))
			.withMessage(message)
			.satisfies(ex -> {
				assertThat(ex.hint()).isEqualTo(TargetUrl.HINT);
				assertThat(ex.code().exitStatus()).isEqualTo(ExitStatus.USAGE);
			});
	}

}
