package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.CredentialPrints;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.secret.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KitRecordFileTest {

	private static final String KEY = "cluster/longhaul/kit.json";

	private static final KitRecord RECORD = new KitRecord(KitId.of(new byte[] { 1 }),
			Instant.parse("2026-11-22T12:00:00Z"), new ClusterName("home"), "s3://backups@eu-central-003/cluster/",
			List.of(AgeKeys.generate().recipient()),
			CredentialPrints.of(Map.of("AWS_SECRET_ACCESS_KEY", Secret.of("K004planted/secret+of1the2bucket")),
					new SecureRandom()));

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	private final KitRecordFile file = new KitRecordFile(store, new BackupstoreLayout("cluster/"), duration -> {
	}, Seal.none());

	@Test
	void readsWhatItWrote() {
		assertThat(file.read()).isEmpty();

		file.write(RECORD);

		assertThat(file.read()).contains(RECORD);
		assertThat(text()).doesNotContain("planted");
	}

	@Test
	void refusesWhatIsNoRecordOfOurs() {
		file.write(RECORD);
		String written = text();
		for (String other : List.of("", "{}", written.replace("\"version\" : 1", "\"version\" : 2"),
				written.replace("\"cluster\"", "\"clutter\""),
				written.replace("\"iterations\" : 210000", "\"iterations\" : 4294967297"),
				written.replace("\"iterations\" : 210000", "\"iterations\" : 2000001"),
				written.replace(RECORD.id().sha256(), "7f3a9c"))) {
			store.put(KEY, other.getBytes(StandardCharsets.UTF_8));
			assertThatThrownBy(file::read).as(other).isInstanceOf(DamagedData.class);
		}
	}

	private String text() {
		try {
			return new String(new ObjectReader(store, duration -> {
			}).readFully(KEY, 100_000).orElseThrow(), StandardCharsets.UTF_8);
		}
		catch (ObjectTooLargeException ex) {
			throw new AssertionError(ex);
		}
	}

}
