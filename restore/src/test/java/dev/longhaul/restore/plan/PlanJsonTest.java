package dev.longhaul.restore.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Held;
import dev.longhaul.restore.choice.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.longhaul.restore.choice.Held.day;
import static dev.longhaul.restore.choice.Held.proven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlanJsonTest {

	private static final ClaimRef GITEA = new ClaimRef("gitea", "data");

	private final RestorePlan plan = plan(100);

	private static RestorePlan plan(int megabits) {
		Held held = new Held().volume("pvc-1", GITEA, 20, 21)
			.revision(20, "5a".repeat(20))
			.export(20, "repository", "Git repository, http://gitea/one.git, commit 5a5a5a5a")
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20))
			.recorded(21, "gitea", GITEA, "pvc-1", new Proof.Unread("stopped"))
			.volume("pvc-2", new ClaimRef("wiki", "pages"), 20)
			.volume("pvc-3", null, 20)
			.volume("pvc-4", GITEA, 3)
			.refused("longhaul/runs/x", "no signature");
		return new Planner(Held.TARGET, Placement.unchanged(), megabits, null)
			.plan(Choice.of(held.contents(), Wanted.everything()));
	}

	@Test
	void readsWhatItWrites() {
		assertThat(PlanJson.read(PlanJson.write(plan), "it")).isEqualTo(plan);
	}

	@Test
	void saysWhatIsProvenAndWhatNobodyKnows() {
		String text = new String(PlanJson.write(plan), StandardCharsets.UTF_8);

		assertThat(text).contains("\"proven\" : true", "\"proven\" : \"unknown\"", "\"sizeBytes\" : 67108864",
				"\"hash\" : \"" + plan.hash() + "\"");
	}

	@Test
	void theHashIsOfWhatIsDoneAndNotOfWhatItIsGuessedToTake() {
		Held other = new Held().volume("pvc-1", GITEA, 19).recorded(19, "gitea", GITEA, "pvc-1", proven(19));
		RestorePlan older = new Planner(Held.TARGET, Placement.unchanged(), 100, null)
			.plan(Choice.of(other.contents(), new Wanted(Set.of(new ApplicationName("gitea")), day(30), null)));

		assertThat(plan(7).hash()).isEqualTo(plan.hash()).matches("[0-9a-f]{64}");
		assertThat(older.hash()).isNotEqualTo(plan.hash());
	}

	/** Only what a person is told of it may change. */
	@Test
	void noByteOfWhatIsDoneCanBeChanged() {
		byte[] document = PlanJson.write(plan);
		for (int i = 0; i < document.length; i++) {
			byte[] changed = document.clone();
			changed[i] ^= 1;
			try {
				RestorePlan read = PlanJson.read(changed, "it");
				assertThat(PlanJson.decisions(read)).as("byte %d", i).isEqualTo(PlanJson.decisions(plan));
			}
			catch (LonghaulException ex) {
				assertThat(ex).isInstanceOf(DamagedData.class);
			}
		}
	}

	@Test
	void halfAPlanIsNone() {
		byte[] document = PlanJson.write(plan);
		for (int length = 0; length < document.length - 2; length++) {
			byte[] half = Arrays.copyOf(document, length);
			assertThatThrownBy(() -> PlanJson.read(half, "it")).isInstanceOf(DamagedData.class);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"\"version\" : 1 | \"version\" : 2 | it is a 'longhaul.dev/restore-plan' of version 2",
			"\"step\" : \"preflight\" | \"step\" : \"format\" | 'format' is not allowed here",
			"\"replicas\" : 0 | \"replicas\" : 4294967296 | replicas is too large: 4294967296",
			"\"replicas\" : 0 | \"replicas\" : 1 | was changed after it was made",
			"\"proven\" : \"unknown\" | \"proven\" : \"yes\" | 'yes' is not allowed here",
			"\"kind\":\"PersistentVolume\" | \"kind\":\"ClusterRoleBinding\" | an object of the claim is no PersistentVolume",
			"\"revision\" : \"5a | \"revision\" : \"-a | a commit has 40 or 64 hexadecimal digits",
			"\"revision\" : \"5a | \"revision\" : \"5b | was changed after it was made",
			"\"age1ql | \"age1qq | is not a public key of age: its checksum does not fit",
			"\"night\" : \"nightly@ | \"night\" : \"@ | '@20261120t023000z' is not allowed here",
			"\"usd\" : \"0.00\" | \"usd\" : \"much\" | 'much' is not allowed here" })
	void saysWhatIsWrong(String text, String other, String message) {
		String document = new String(PlanJson.write(plan), StandardCharsets.UTF_8).replaceFirst(text, other);

		assertThatThrownBy(() -> PlanJson.read(document.getBytes(StandardCharsets.UTF_8), "plan.json"))
			.isInstanceOf(DamagedData.class)
			.hasMessageContaining("plan.json")
			.hasMessageContaining(message);
	}

	@Test
	void anEmptyBucketOfAPlanIsAPlan() {
		RestorePlan empty = new Planner(Held.TARGET, Placement.unchanged(), 1, null)
			.plan(Choice.of(new Held().contents(), Wanted.everything()));

		assertThat(PlanJson.read(PlanJson.write(empty), "it").volumes()).isEmpty();
	}

}
