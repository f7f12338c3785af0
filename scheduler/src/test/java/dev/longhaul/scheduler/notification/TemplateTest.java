package dev.longhaul.scheduler.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateTest {

	@Test
	void fillsEveryValueIn() {
		String filled = Template.USUAL.fill(Told.message(Told.failed(Told.NIGHTLY)));

		assertThat(filled).contains("\"id\": \"5d1c1f2e-0000-4000-8000-000000000001\"", "\"event\": \"run-failed\"",
				"\"urgency\": \"high\"", "\"failed\": true", "\"time\": \"2026-11-22T07:00:00Z\"",
				"\"job\": \"nightly\"", "\"scheduledFor\": \"2026-11-22T01:30:00Z\"",
				"\"code\": \"CLUSTER_UNREACHABLE\"",
				"\"subject\": \"✕ nightly 2026-11-22 02:30 failed: the cluster did not answer\"",
				"\"text\": \"the cluster did not answer   [CLUSTER_UNREACHABLE]\\nhint: look");
	}

	@Test
	void whatIsNotThereIsEmpty() {
		assertThat(Template.USUAL.fill(Told.message(new Occasion.Test()))).contains("\"job\": \"\"", "\"code\": \"\"",
				"\"scheduledFor\": \"\"", "\"failed\": false");
	}

	@Test
	void aValueCannotLeaveItsPlace() {
		Random random = new Random(20261123);
		Template template = Template.of("{\"a\": \"${text}\", \"b\": [\"${subject}\"]}");
		for (int round = 0; round < 2000; round++) {
			String hostile = randomText(random);
			Message message = new Message(Told.ID, Event.TEST, Urgency.LOW, Told.NOW, "s" + hostile, hostile, "", null,
					"");

			String filled = template.fill(message);

			assertThat(strings(filled)).as("round %d", round).containsExactly(message.text(), message.subject());
		}
	}

	/** The characters that could do harm are as frequent as the others. */
	private static String randomText(Random random) {
		String harmful = "\"\\${}[]:,\n\r\t\u0000\u001b\u2028id\u00e9✕";
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(40); i > 0; i--) {
			text.append(harmful.charAt(random.nextInt(harmful.length())));
		}
		return text.toString();
	}

	private static List<String> strings(String json) {
		List<String> strings = new ArrayList<>();
		try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.VALUE_STRING) {
					strings.add(parser.getString());
				}
			}
		}
		return strings;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a": "${subjekt}"}     | the template of a webhook has no value for '${subjekt}'
			{"a": "${T(Runtime)}"}  | the template of a webhook has no value for '${T(Runtime)}'
			{"a": "${}"}            | the template of a webhook has no value for '${}'
			{"a": ${subject}}       | the template of a webhook is not JSON once its places are filled
			{"a": "${subject}"      | the template of a webhook is not JSON once its places are filled
			{"a": 1} {"b": 2}       | the template of a webhook is not JSON once its places are filled
			"${subject}"            | the template of a webhook is not JSON once its places are filled
			""")
	void refusesATemplateThatIsNone(String text, String fact) {
		assertThatThrownBy(() -> Template.of(text)).isInstanceOfSatisfying(RefusedRequest.class, failure -> {
			assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
			assertThat(failure.fact()).isEqualTo(fact);
			assertThat(failure.hint()).isNotBlank();
		});
	}

	@Test
	void namesTheValuesThereAre() {
		assertThatThrownBy(() -> Template.of("{\"a\": \"${x}\"}")).isInstanceOfSatisfying(RefusedRequest.class,
				failure -> assertThat(failure.hint())
					.isEqualTo("known are id, event, urgency, failed, time, job, scheduledFor, code, subject, text"));
	}

}
