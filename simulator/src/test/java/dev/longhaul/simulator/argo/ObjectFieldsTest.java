package dev.longhaul.simulator.argo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectFieldsTest {

	private final KubernetesSerialization serialization = new KubernetesSerialization();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a: 1 | a: 1, b: 2 | true", "a: 1 | a: 2 | false", "a: 1 | b: 1 | false",
			"a: {b: x} | a: {b: x, c: y} | true", "a: {b: x} | a: {b: y} | false", "a: [x, y] | a: [x, y] | true",
			"a: [x] | a: [x, y] | false", "'a: [{n: x}]' | 'a: [{n: x, added: true}]' | true", "a: null | b: 1 | true",
			"a: {} | b: 1 | true", "a: [] | b: 1 | true", "a: 1.0 | a: 1 | true", "a: '1' | a: 1 | false" })
	void everythingThatIsWantedMustBeThereAndNothingElseMatters(String wanted, String live, boolean met) {
		assertThat(ObjectFields.isMet(object("spec: {%s}".formatted(wanted)), object("spec: {%s}".formatted(live)),
				serialization))
			.isEqualTo(met);
	}

	@Test
	void secretThatIsWrittenAsTextIsTheOneThatIsReadEncoded() {
		assertThat(ObjectFields.isMet(object("stringData: {a: text}"), object("data: {a: dGV4dA==}"), serialization))
			.isTrue();
		assertThat(ObjectFields.isMet(object("stringData: {a: text}"), object("data: {a: b3RoZXI=}"), serialization))
			.isFalse();
	}

	@Test
	void whatIsWantedIsPutIntoWhatIsThere() {
		assertThat(ObjectFields.merge(object("spec: {a: 1, l: [{n: x, v: 2}], e: {}}").getAdditionalProperties(),
				object("spec: {a: 0, b: kept, l: [{n: x, v: 1, kept: true}], e: {kept: true}}")
					.getAdditionalProperties()))
			.isEqualTo(object("spec: {a: 1, b: kept, l: [{n: x, v: 2, kept: true}], e: {kept: true}}")
				.getAdditionalProperties());
	}

	private GenericKubernetesResource object(String yaml) {
		return serialization.unmarshal("kind: Any\nmetadata: {name: one}\n" + yaml, GenericKubernetesResource.class);
	}

}
