package dev.longhaul.gitops.definition;

import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the schema and the reader agree. Method: both are given the same documents.
 */
class DefinitionSchemaTest {

	private static final String SOUND = """
			{"apiVersion": "longhaul.dev/v1", "kind": "VerifyJob", "metadata": {"name": "weekly"}, "spec": {
			  "schedule": "0 3 * * 0", "timeZone": "UTC", "suspend": false, "misfire": "skip", "jitter": "1h5m",
			  "blackouts": [{"from": "07:00", "to": "09:30", "days": ["Mon", "Sun"]}], "restorePoints": 7}}
			""";

	private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(JsonMapper.shared().writeValueAsString(DefinitionSchema.allKinds()), InputFormat.JSON);

	@Test
	void bothAcceptWhatIsSound() {
		assertThat(violations(SOUND)).isEmpty();
		assertThat(DefinitionReader.readAlone("weekly.yaml", SOUND)).isInstanceOf(ReadResult.Sound.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "\"schedule\": ; \"shedule\":", "longhaul.dev/v1 ; longhaul.dev/v2", "VerifyJob ; CheckJob",
					"VerifyJob ; BackupJob", "\"weekly\" ; \"Weekly\"", "\"weekly\" ; 7", "false ; \"no\"",
					"\"skip\" ; \"later\"", "\"1h5m\" ; \"5 min\"", "\"1h5m\" ; \"\"", "\"07:00\" ; \"7:00\"",
					"\"09:30\" ; \"24:30\"", "\"Mon\" ; \"Monday\"", "[\"Mon\", \"Sun\"] ; []", ": 7} ; : 0}",
					": 7} ; : 7.5}", ": 7} ; : \"7\"}", ": 7} ; : 1001}", "\"metadata\" ; \"meta\"" })
	void bothRefuseWhatIsNot(String sound, String wrong) {
		assertThat(SOUND).contains(sound);
		String document = SOUND.replace(sound, wrong);

		assertThat(violations(document)).isNotEmpty();
		assertThat(DefinitionReader.readAlone("weekly.yaml", document)).isInstanceOf(ReadResult.Refused.class);
	}

	private static final String KEPT = """
			{"apiVersion": "longhaul.dev/v1", "kind": "BackupJob", "metadata": {"name": "nightly"}, "spec": {
			  "schedule": "30 2 * * *", "retention": {"last": 3, "within": "1y6m2w14d",
			    "pins": [{"at": "2026-11-22T01:30:00Z", "reason": "before the upgrade"}]}}}
			""";

	@Test
	void bothAcceptWhatIsKept() {
		assertThat(violations(KEPT)).isEmpty();
		assertThat(DefinitionReader.readAlone("nightly.yaml", KEPT)).isInstanceOf(ReadResult.Sound.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "\"last\" ; \"first\"", ": 3 ; : 0", ": 3 ; : 10001", "1y6m2w14d ; 14d2w", "1y6m2w14d ; ``",
					"T01:30:00Z ; T01:30:00+01:00", "T01:30:00Z ; T01:30Z", "\"reason\" ; \"why\"",
					"BackupJob ; VerifyJob" })
	void bothRefuseWhatIsNotKept(String sound, String wrong) {
		assertThat(KEPT).contains(sound);
		String document = KEPT.replace(sound, wrong);

		assertThat(violations(document)).isNotEmpty();
		assertThat(DefinitionReader.readAlone("nightly.yaml", document)).isInstanceOf(ReadResult.Refused.class);
	}

	private List<String> violations(String document) {
		return schema.validate(document, InputFormat.JSON).stream().map(Error::toString).toList();
	}

}
