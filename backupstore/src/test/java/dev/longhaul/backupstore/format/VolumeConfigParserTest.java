package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class VolumeConfigParserTest {

	private static final VolumeName VOLUME = new VolumeName("test-vol");

	private static final String LONGHORNS = """
			{"Name":"test-vol","Size":"10737418240","Labels":{"KubernetesStatus":"{\\"pvcName\\":\\"data\\"}",\
			"longhorn.io/volume-access-mode":"rwo"},"CreatedTime":"2026-08-01T01:00:03Z",\
			"LastBackupName":"backup-0123456789abcdef","LastBackupAt":"2026-08-02T01:00:05Z","BlockCount":"3",\
			"BackingImageName":"\\"\\"","BackingImageChecksum":"\\"\\"","CompressionMethod":"\\"lz4\\"",\
			"StorageClassName":"\\"longhorn\\"","DataEngine":"\\"v1\\""}""";

	@Test
	void readsWhatLonghornWrites() throws Exception {
		VolumeConfig config = parse(LONGHORNS);

		assertThat(config.name()).isEqualTo(VOLUME);
		assertThat(config.size().bytes()).isEqualTo(10737418240L);
		assertThat(config.labels()).containsEntry("longhorn.io/volume-access-mode", "rwo")
			.containsEntry("KubernetesStatus", "{\"pvcName\":\"data\"}");
		assertThat(config.createdAt()).isEqualTo(Instant.parse("2026-08-01T01:00:03Z"));
		assertThat(config.lastBackupName()).isEqualTo("backup-0123456789abcdef");
		assertThat(config.lastBackupAt()).isEqualTo(Instant.parse("2026-08-02T01:00:05Z"));
		assertThat(config.blockCount()).isEqualTo(3);
		assertThat(config.backingImage()).isEmpty();
		assertThat(config.compression()).isEqualTo(CompressionMethod.LZ4);
		assertThat(config.storageClass()).isEqualTo("longhorn");
		assertThat(config.dataEngine()).isEqualTo("v1");
	}

	@Test
	void readsWhatOlderAndNewerVersionsLeaveOutQuoteOnceOrAdd() throws Exception {
		VolumeConfig config = parse("""
				{ "Name": "test-vol", "Size": "2097152", "Labels": null, "CompressionMethod": "none",
				  "BackendStoreDriver": "v1", "Later": {"a": [1, {"b": null}]} }
				""");

		assertThat(config.labels()).isEmpty();
		assertThat(config.createdAt()).isNull();
		assertThat(config.compression()).isEqualTo(CompressionMethod.NONE);
		assertThat(config.dataEngine()).isEqualTo("v1");
		assertThat(config.storageClass()).isEmpty();
	}

	@Test
	void takesAVeryOldVolumeForGzip() throws Exception {
		assertThat(parse("{\"Name\":\"test-vol\"}").compression()).isEqualTo(CompressionMethod.GZIP);
		assertThat(parse("{\"Name\":\"test-vol\",\"CompressionMethod\":\"\\\"\\\"\"}").compression())
			.isEqualTo(CompressionMethod.GZIP);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			''                                              | expected a JSON object, found nothing
			[]                                              | expected a JSON object, found START_ARRAY
			hello                                           | not valid JSON: Unrecognized token 'hello'
			{"Name":"test-vol"                              | not valid JSON: Unexpected end-of-input
			{"Name":"test-vol"} {                           | expected the end of the file after the JSON object
			{"Name":"test-vol","Name":"test-vol"}           | not valid JSON: Duplicate Object property "Name"
			{"Name":"other"}                                | it says it is of another volume than the folder it lies in
			{"Name":"../x"}                                 | it says it is of another volume than the folder it lies in
			{"Name":7}                                      | Name: expected a string, found VALUE_NUMBER_INT
			{"Name":"test-vol","Size":"ten"}                | Size is not a 64-bit number: 'ten'
			{"Name":"test-vol","Size":"-1"}                 | Size is negative: -1
			{"Name":"test-vol","Size":"9223372036854775808"} | Size is not a 64-bit number: '9223372036854775808'
			{"Name":"test-vol","Size":{}}                   | Size: expected a string, found START_OBJECT
			{"Name":"test-vol","Labels":[]}                 | Labels: expected an object, found START_ARRAY
			{"Name":"test-vol","Labels":{"a":1}}            | a: expected a string, found VALUE_NUMBER_INT
			{"Name":"test-vol","CreatedTime":"yesterday"}   | CreatedTime is not a time: 'yesterday'
			{"Name":"test-vol","CompressionMethod":"zstd"}  | CompressionMethod is none of lz4, gzip, none
			{"Name":"test-vol","CompressionMethod":"\\"lz4"} | CompressionMethod is none of lz4, gzip, none
			""")
	void refusesWhatIsNoVolumeConfigAndSaysWhy(String json, String message) {
		assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse(json.equals("''") ? "" : json))
			.withMessageStartingWith(message);
	}

	@Test
	void boundsWhatItHoldsOfAHostileFile() {
		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> parse("{\"Name\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}"))
			.withMessageStartingWith("not valid JSON: ");
		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> parse("{\"Later\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
			.withMessageStartingWith("not valid JSON: ");
		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> parse("{\"Size\":" + "9".repeat(100) + "}"))
			.withMessageStartingWith("not valid JSON: ");
	}

	@Test
	void tellsABrokenConnectionFromABrokenFile() {
		InputStream breaking = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("connection reset");
			}

			@Override
			public int read(byte[] bytes, int from, int length) throws IOException {
				return read();
			}

		};

		assertThatIOException().isThrownBy(() -> VolumeConfigParser.parse(breaking, VOLUME))
			.withMessage("connection reset");
	}

	private static VolumeConfig parse(String json) throws IOException, MalformedException {
		return VolumeConfigParser.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), VOLUME);
	}

}
