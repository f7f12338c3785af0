package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackupManifestParserTest {

	private static final VolumeName VOLUME = new VolumeName("test-vol");

	private static final BackupName BACKUP = new BackupName("backup-0123456789abcdef");

	private static final String C1 = "11".repeat(32);

	private static final String C2 = "22".repeat(32);

	private static final String FINISHED = """
			{"Name":"backup-0123456789abcdef","VolumeName":"test-vol","SnapshotName":"snap-a",\
			"SnapshotCreatedAt":"2026-08-02T01:00:05Z","CreatedTime":"2026-08-02T01:00:21Z","Size":"6291456",\
			"Labels":{"longhorn.io/volume-access-mode":"rwo"},\
			"Parameters":{"backup-block-size":"2097152","backup-mode":"incremental"},"IsIncremental":true,\
			"CompressionMethod":"lz4","NewlyUploadedDataSize":"1200345","ReUploadedDataSize":"0",\
			"ProcessingBlocks":null,"Blocks":[{"Offset":0,"BlockChecksum":"%1$s"},\
			{"Offset":2097152,"BlockChecksum":"%2$s"},{"Offset":8388608,"BlockChecksum":"%1$s"}],\
			"SingleFile":{"FilePath":""}}""".formatted(C1, C2);

	private static final String PLACEHOLDER = """
			{"Name":"backup-0123456789abcdef","VolumeName":"test-vol","SnapshotName":"","SnapshotCreatedAt":"",\
			"CreatedTime":"","Size":"0","Labels":null,"Parameters":null,"IsIncremental":false,\
			"CompressionMethod":"lz4","NewlyUploadedDataSize":"0","ReUploadedDataSize":"0",\
			"ProcessingBlocks":null,"SingleFile":{"FilePath":""}}""";

	@Test
	void readsAFinishedManifestAndStreamsItsBlocks() throws Exception {
		List<String> entries = new ArrayList<>();

		ReadManifest read = parse(FINISHED, (offset, checksum) -> entries.add(offset + " " + checksum));

		BackupManifest manifest = read.manifest();
		assertThat(manifest.isFinished()).isTrue();
		assertThat(manifest.name()).isEqualTo(BACKUP);
		assertThat(manifest.volume()).isEqualTo(VOLUME);
		assertThat(manifest.snapshot()).isEqualTo("snap-a");
		assertThat(manifest.snapshotCreatedAt()).isEqualTo(Instant.parse("2026-08-02T01:00:05Z"));
		assertThat(manifest.createdAt()).isEqualTo(Instant.parse("2026-08-02T01:00:21Z"));
		assertThat(manifest.size().bytes()).isEqualTo(6291456);
		assertThat(manifest.blockSize()).isEqualTo(BlockSize.MIB_2);
		assertThat(manifest.incremental()).isTrue();
		assertThat(manifest.compression()).isEqualTo(CompressionMethod.LZ4);
		assertThat(manifest.uploaded().bytes()).isEqualTo(1200345);
		assertThat(entries).containsExactly("0 " + C1, "2097152 " + C2, "8388608 " + C1);
		assertThat(read.blocks()).isEqualTo(new BlockListFacts(3, 10485760, ""));
	}

	@Test
	void takesAPlaceholderForUnfinished() throws Exception {
		ReadManifest read = parse(PLACEHOLDER, BlockConsumer.NONE);

		assertThat(read.manifest().isFinished()).isFalse();
		assertThat(read.blocks()).isEqualTo(new BlockListFacts(0, 0, ""));
	}

	@ParameterizedTest
	@CsvSource({ "'{}', MIB_2", "null, MIB_2", "'{\"backup-block-size\":\"\"}', MIB_2",
			"'{\"backup-block-size\":\"0\"}', MIB_2", "'{\"backup-block-size\":\"2Mi\"}', MIB_2",
			"'{\"backup-block-size\":\"16777216\"}', MIB_16", "'{\"backup-block-size\":\"16Mi\"}', MIB_16" })
	void takesTheBlockSizeFromTheParameters(String parameters, BlockSize expected) throws Exception {
		String json = PLACEHOLDER.replace("\"Parameters\":null", "\"Parameters\":" + parameters);

		assertThat(parse(json, BlockConsumer.NONE).manifest().blockSize()).isEqualTo(expected);
	}

	@Test
	void readsAHeaderWithoutLookingAtTheBlocks() throws Exception {
		String cut = FINISHED.substring(0, FINISHED.indexOf("\"Blocks\"") + 20);

		BackupManifest header = BackupManifestParser.parseHeader(bytes(cut), VOLUME, BACKUP);

		assertThat(header).isEqualTo(parse(FINISHED, BlockConsumer.NONE).manifest());
	}

	@Test
	void readsAHeaderOfAManifestThatHasNoBlocks() throws Exception {
		assertThat(BackupManifestParser.parseHeader(bytes(PLACEHOLDER), VOLUME, BACKUP).isFinished()).isFalse();
	}

	@Test
	void readsLittleMoreThanTheHeaderOfALargeManifest() throws Exception {
		byte[] large = (FINISHED.substring(0, FINISHED.length() - 1) + ",\"X\":\"" + "x".repeat(900_000) + "\"}")
			.getBytes(StandardCharsets.UTF_8);
		ByteArrayInputStream in = new ByteArrayInputStream(large);

		BackupManifestParser.parseHeader(in, VOLUME, BACKUP);

		assertThat(large.length - in.available()).isLessThan(20_000);
	}

	@Test
	void refusesAManifestCutAnywhere() throws Exception {
		for (int length = 0; length < FINISHED.length(); length++) {
			String cut = FINISHED.substring(0, length);

			assertThatExceptionOfType(MalformedException.class).as("cut after %d", length)
				.isThrownBy(() -> parse(cut, BlockConsumer.NONE));
		}
	}

	@Test
	void keepsTheKeyOfABackupInTheFirstFormat() throws Exception {
		String json = PLACEHOLDER.replace("\"FilePath\":\"\"", "\"FilePath\":\"backupstore/x.bak\",\"New\":1");

		assertThat(parse(json, BlockConsumer.NONE).manifest().singleFile()).isEqualTo("backupstore/x.bak");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"Name":"backup-0123456789abcdef" | "Name":"../../etc/passwd"         | it says it is of another backup than its key
					"VolumeName":"test-vol"     | "VolumeName":"../x"               | it says it is of another volume than the folder it lies in
					"CompressionMethod":"lz4"   | "CompressionMethod":"zstd"        | CompressionMethod is none of lz4, gzip, none
					"2097152"                   | "4194304"                         | backup-block-size is neither 2097152 nor 16777216
					"2097152"                   | "-2097152"                        | backup-block-size is neither 2097152 nor 16777216
					"Size":"6291456"            | "Size":"18446744073709551616"     | Size is not a 64-bit number: '18446744073709551616'
					"Size":"6291456"            | "Size":"-6291456"                 | Size is negative: -6291456
					"IsIncremental":true        | "IsIncremental":"true"            | IsIncremental: expected true or false, found VALUE_STRING
					"Offset":0                  | "Offset":"0"                      | Offset: expected a whole number, found VALUE_STRING
					"Offset":0                  | "Offset":-2097152                 | Offset is negative: -2097152
					"Offset":0                  | "Offset":0.5                      | Offset: expected a whole number, found VALUE_NUMBER_FLOAT
					"Offset":0                  | "Offset":9223372036854775808      | Offset is not a 64-bit number: '9223372036854775808'
					"Offset":0,                 | "Other":0,                        | Blocks: an entry has no Offset
					"BlockChecksum":"1111       | "Other":"1111                     | Blocks: an entry has no BlockChecksum
					"BlockChecksum":"1111       | "BlockChecksum":"11               | Blocks: a BlockChecksum is not 64 lower-case hexadecimal digits
					"BlockChecksum":"11111111   | "BlockChecksum":"../../..         | Blocks: a BlockChecksum is not 64 lower-case hexadecimal digits
					{"Offset":0                 | 7,{"Offset":0                     | Blocks: expected an object, found VALUE_NUMBER_INT
					"Blocks":[                  | "Blocks":{},"x":[                 | Blocks: expected a list, found START_OBJECT
					"CreatedTime":"2026-08-02T  | "CreatedTime":"2026-13-02T        | CreatedTime is not a time: '2026-13-02T01:00:21Z'
					{"FilePath":""}             | {"FilePath":3}                    | FilePath: expected a string, found VALUE_NUMBER_INT
					""")
	void refusesAManifestWithAnImpossibleValueAndNamesIt(String written, String instead, String message) {
		assertThat(FINISHED).contains(written);

		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> parse(FINISHED.replace(written, instead), BlockConsumer.NONE))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			"Offset":2097152 | "Offset":8388608             | offset 8388608 follows offset 8388608
			"Offset":2097152 | "Offset":10485760            | offset 8388608 follows offset 10485760
			"Offset":2097152 | "Offset":2097153             | an offset is not a multiple of the block size 2097152
			"Offset":8388608 | "Offset":9223372036854775807 | offset 9223372036854775807 is beyond any volume
			""")
	void noticesOffsetsThatCannotBeThoseOfAVolume(String written, String instead, String fault) throws Exception {
		assertThat(parse(FINISHED.replace(written, instead), BlockConsumer.NONE).blocks().fault()).isEqualTo(fault);
	}

	@Test
	void namesTheEndOfWhatABlockListClaimsHoweverFarOutItIs() throws Exception {
		long far = 1L << 62;

		BlockListFacts facts = parse(FINISHED.replace("\"Offset\":8388608", "\"Offset\":" + far), BlockConsumer.NONE)
			.blocks();

		assertThat(facts).isEqualTo(new BlockListFacts(3, far + 2097152, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Labels", "Parameters" })
	void holdsNoMoreOfAHostileManifestThanAFewMebibytes(String field) {
		StringBuilder json = new StringBuilder("{\"").append(field).append("\":{");
		for (int i = 0; i < 40; i++) {
			json.append(i == 0 ? "" : ",")
				.append("\"l")
				.append(i)
				.append("\":\"")
				.append("x".repeat(500_000))
				.append('"');
		}
		String hostile = json.append("}}").toString();

		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> BackupManifestParser.parseHeader(bytes(hostile), VOLUME, BACKUP))
			.withMessage(field + " holds more than 4194304 characters");
	}

	private static ReadManifest parse(String json, BlockConsumer consumer) throws IOException, MalformedException {
		return BackupManifestParser.parse(bytes(json), VOLUME, BACKUP, consumer);
	}

	private static InputStream bytes(String json) {
		return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
	}

}
