package dev.longhaul.core.kit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.secret.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KitRecordTest {

	private static final Instant CREATED = Instant.parse("2026-11-22T12:00:00Z");

	private static final Secret KEY_ID = Secret.of("004a5c1d2e3f4a50000000001");

	private static final Secret KEY = Secret.of("K004planted/secret+of1the2bucket");

	private static final Secret ENDPOINT = Secret.of("https://s3.eu-central-003.backblazeb2.com");

	private static final Map<String, Secret> CREDENTIALS = Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY",
			KEY, "AWS_ENDPOINTS", ENDPOINT);

	private static final KitRecord RECORD = new KitRecord(KitId.of(new byte[] { 1 }), CREATED, new ClusterName("home"),
			"s3://backups@eu-central-003/longhorn/", List.of(), CredentialPrints.of(CREDENTIALS, new SecureRandom()));

	@Test
	void knowsTheCredentialsInForceAgain() {
		assertThat(RECORD.compare(CREDENTIALS)).isEqualTo(new KitStanding.Current(RECORD.id(), CREATED));
	}

	@Test
	void saysWhichWereChangedOrAreGone() {
		Map<String, Secret> rotated = Map.of("AWS_ACCESS_KEY_ID", Secret.of("004a5c1d2e3f4a50000000002"),
				"AWS_SECRET_ACCESS_KEY", Secret.of("another"), "AWS_ENDPOINTS", ENDPOINT);
		assertThat(RECORD.compare(rotated)).isInstanceOfSatisfying(KitStanding.Outdated.class,
				outdated -> assertThat(outdated.changed()).containsExactly("AWS_ACCESS_KEY_ID",
						"AWS_SECRET_ACCESS_KEY"));

		assertThat(RECORD.compare(Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", KEY)))
			.isInstanceOfSatisfying(KitStanding.Outdated.class,
					outdated -> assertThat(outdated.sentence())
						.isEqualTo("the recovery kit %s of %s is older than the ".formatted(RECORD.id(), CREATED)
								+ "key of the bucket: AWS_ENDPOINTS changed since"));
	}

	/** A proxy differs between the cluster and the machine of its owner. */
	@Test
	void doesNotCompareWhatIsNoCredential() {
		assertThat(RECORD.compare(Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", KEY, "AWS_ENDPOINTS",
				Secret.of(ENDPOINT.revealText() + "\n"), "HTTPS_PROXY", Secret.of("http://proxy:3128"))))
			.isInstanceOf(KitStanding.Current.class);
	}

	@Test
	void holdsNoSecretAndNothingThatTwoRecordsHaveInCommon() {
		CredentialPrints same = CredentialPrints.of(CREDENTIALS, new SecureRandom());
		assertThat(RECORD.toString()).doesNotContain(KEY.revealText(), KEY_ID.revealText());
		assertThat(same.salt()).isNotEqualTo(RECORD.prints().salt());
		assertThat(same.prints().values()).doesNotContainAnyElementsOf(RECORD.prints().prints().values());

		CredentialPrints twice = CredentialPrints.of(Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", KEY),
				new SecureRandom());
		assertThat(twice.prints().values()).doesNotHaveDuplicates();
	}

	/** Whoever may write to the bucket must not keep the server busy. */
	@Test
	void refusesToWorkForeverOnWhatSomebodyElseWrote() {
		assertThatThrownBy(() -> new CredentialPrints("0".repeat(32), 2_000_001, RECORD.prints().prints()))
			.isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new CredentialPrints("0".repeat(32), 0, RECORD.prints().prints()))
			.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void saysThatThereIsNone() {
		assertThat(new KitStanding.Missing().sentence()).isEqualTo("no recovery kit is recorded beside the backups");
	}

}
