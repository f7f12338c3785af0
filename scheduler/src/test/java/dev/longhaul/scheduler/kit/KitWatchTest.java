package dev.longhaul.scheduler.kit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.CredentialPrints;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.scheduler.notification.Occasion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KitWatchTest {

	private static final Instant CREATED = Instant.parse("2026-11-01T12:00:00Z");

	private static final Map<String, Secret> KEY = key("the key of November");

	private static final KitRecord RECORD = new KitRecord(KitId.of(new byte[] { 1 }), CREATED, new ClusterName("home"),
			"s3://backups@eu-central-003/", List.of(), CredentialPrints.of(KEY, new SecureRandom()));

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<Occasion> told = new ArrayList<>();

	private final Map<String, Secret> own = new HashMap<>(KEY);

	private Instant now = Instant.parse("2026-11-22T08:00:00Z");

	private Optional<KitRecord> newest = Optional.of(RECORD);

	private @Nullable RuntimeException trouble;

	private Optional<NamedSecret> ofLonghorn = Optional.empty();

	private int looks;

	private KitWatch watch() {
		InstantSource source = () -> now;
		Clock clock = source.withZone(ZoneOffset.UTC);
		return new KitWatch(() -> {
			looks++;
			if (trouble != null) {
				throw trouble;
			}
			return newest;
		}, new CredentialsInForce(own, () -> ofLonghorn), meters, told::add, clock);
	}

	private static Map<String, Secret> key(String secret) {
		return Map.of("AWS_ACCESS_KEY_ID", Secret.of("004a"), "AWS_SECRET_ACCESS_KEY", Secret.of(secret));
	}

	@Test
	void isContentWithAKitOfTheKeyInForceAndLooksOnceADay() {
		KitWatch watch = watch();
		watch.look();
		now = now.plus(Duration.ofHours(23));
		watch.look();
		assertThat(looks).isEqualTo(1);
		now = now.plus(Duration.ofHours(1));
		watch.look();

		assertThat(looks).isEqualTo(2);
		assertThat(standing("current")).isOne();
		assertThat(standing("outdated")).isZero();
		assertThat(meters.get("longhaul.kit.created.timestamp").gauge().value())
			.isEqualTo((double) CREATED.getEpochSecond());
		assertThat(told).isEmpty();
	}

	@Test
	void saysOnceThatTheKeyWasReplaced() {
		own.putAll(key("the key of December"));
		KitWatch watch = watch();
		watch.look();
		now = now.plus(Duration.ofDays(1));
		watch.look();

		assertThat(standing("outdated")).isOne();
		assertThat(told).singleElement()
			.isInstanceOfSatisfying(Occasion.KitOutdated.class,
					occasion -> assertThat(occasion.kit().changed()).containsExactly("AWS_SECRET_ACCESS_KEY"));
	}

	/** A server may have a key of its own; the kit holds Longhorn's. */
	@Test
	void comparesWithTheKeyOfLonghornWhereItMayReadIt() {
		own.putAll(key("the server's own"));
		ofLonghorn = Optional
			.of(new NamedSecret(new SecretRef("longhorn-system", "b2"), NamedSecret.OPAQUE, new TreeMap<>(KEY)));
		watch().look();

		assertThat(standing("current")).isOne();
		assertThat(told).isEmpty();
	}

	@Test
	void doesNotNeedTheKeyOfLonghorn() {
		own.putAll(key("the key of December"));
		new KitWatch(() -> newest, new CredentialsInForce(own, () -> {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED, "secrets is forbidden", "allow it");
		}), meters, told::add, Clock.fixed(now, ZoneOffset.UTC)).look();

		assertThat(standing("outdated")).isOne();
		assertThat(told).hasSize(1);
	}

	@Test
	void knowsThatThereIsNone() {
		newest = Optional.empty();
		watch().look();

		assertThat(standing("missing")).isOne();
		assertThat(meters.get("longhaul.kit.created.timestamp").gauge().value()).isNaN();
		assertThat(told).isEmpty();
	}

	@Test
	void doesNotKnowWhatItCannotReadAndLooksAgainSoon() {
		KitWatch watch = watch();
		watch.look();
		assertThat(standing("current")).isOne();
		trouble = new DamagedData(FailureCode.MANIFEST_REFUSED, "kit.json is not ours", "look at it");
		now = now.plus(KitWatch.INTERVAL);
		watch.look();
		assertThat(standing("unknown")).isOne();
		assertThat(standing("current")).isZero();
		trouble = null;
		now = now.plus(KitWatch.AGAIN);
		watch.look();

		assertThat(standing("current")).isOne();
		assertThat(standing("unknown")).isZero();
	}

	private double standing(String standing) {
		return meters.get("longhaul.kit").tag("standing", standing).gauge().value();
	}

}
