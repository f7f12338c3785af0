package dev.longhaul.backupstore.object;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.object.ObjectVersion.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of {@link VersionedStore}, to be run over every implementation.
 */
public abstract class VersionedStoreContract {

	/** An empty store that keeps versions, the same one throughout a test. */
	protected abstract VersionedStore store();

	/** Waits until what comes next has a later time by the store's clock. */
	protected abstract void letTimePass();

	@Test
	void whatIsReplacedAndDeletedIsListedNewestFirst() {
		put("a", "one");
		letTimePass();
		put("a", "two");
		letTimePass();
		store().delete(List.of("a"));
		put("b", "one");

		List<ObjectVersion> versions = versions("");

		assertThat(versions).extracting(ObjectVersion::key).containsExactly("a", "a", "a", "b");
		assertThat(versions).extracting(ObjectVersion::kind)
			.containsExactly(Kind.MARK, Kind.CONTENT, Kind.CONTENT, Kind.CONTENT);
		assertThat(versions).extracting(ObjectVersion::current).containsExactly(true, false, false, true);
		assertThat(versions).extracting(ObjectVersion::size).containsExactly(0L, 3L, 3L, 3L);
		assertThat(versions).extracting(version -> version.id().isLasting()).containsOnly(true);
		assertThat(versions.get(0).lastModified()).isAfter(versions.get(1).lastModified());
		assertThat(versions.get(1).lastModified()).isAfter(versions.get(2).lastModified());
		assertThat(versions.get(2).eTag()).isEqualTo(versions.get(3).eTag()).isNotEqualTo(versions.get(1).eTag());
		assertThat(store().find("a")).isEmpty();
	}

	@Test
	void aVersionIsDeletedAndNoOther() throws IOException {
		put("a", "one");
		letTimePass();
		put("a", "two");
		letTimePass();
		put("a", "three");
		ObjectVersion second = versions("a").get(1);

		assertThat(store().deleteVersions(List.of(second.id()))).isEmpty();
		assertThat(store().deleteVersions(List.of(second.id()))).as("once more").isEmpty();

		assertThat(versions("a")).hasSize(2).doesNotContain(second);
		assertThat(content("a")).isEqualTo("three");
	}

	@Test
	void withoutItsMarkAKeyIsBack() throws IOException {
		put("a", "one");
		letTimePass();
		store().delete(List.of("a"));

		assertThat(store().deleteVersions(List.of(versions("a").get(0).id()))).isEmpty();

		assertThat(content("a")).isEqualTo("one");
		assertThat(versions("a")).hasSize(1);
	}

	@Test
	void aMarkAloneIsListedUntilItIsDeleted() {
		put("a", "one");
		letTimePass();
		store().delete(List.of("a"));
		List<ObjectVersion> both = versions("a");
		store().deleteVersions(List.of(both.get(1).id()));

		assertThat(versions("a")).singleElement().matches(ObjectVersion::isMark).matches(ObjectVersion::current);

		store().deleteVersions(List.of(both.get(0).id()));
		assertThat(versions("a")).isEmpty();
	}

	@Test
	void listsUnderAPrefixAndAfterAKey() {
		for (String key : List.of("a/1", "a/2", "a/3", "b/1")) {
			put(key, "one");
			letTimePass();
			put(key, "two");
		}

		assertThat(versions("a/")).hasSize(6);
		List<String> after = new ArrayList<>();
		new VersionListing(store(), "a/", "a/1").forEachRemaining(version -> after.add(version.key()));
		assertThat(after).containsExactly("a/2", "a/2", "a/3", "a/3");
		VersionListing skipping = new VersionListing(store(), "a/", "");
		skipping.next();
		skipping.skipTo("a/2");
		assertThat(skipping.next().key()).isEqualTo("a/3");
	}

	@Test
	void goesOnPageAfterPageAlsoWithinAKey() {
		for (int i = 0; i < 5; i++) {
			put("first-" + i, "x");
		}
		for (int i = 0; i < 1_100; i++) {
			put("many", "x");
		}
		put("later", "x");

		assertThat(versions("")).hasSize(1_106);
		assertThat(versions("")).extracting(version -> version.id()).doesNotHaveDuplicates();
		assertThat(versions("many")).extracting(ObjectVersion::current).startsWith(true, false).hasSize(1_100);
		assertThat(versions("many").stream().filter(ObjectVersion::current)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "100%", "a&b=c", "größe/漢字.cfg", "<tag>&amp;", "quote\"s'" })
	void unusualKeysAreListedAndDeletedAsTheyAre(String key) {
		put(key, "one");
		letTimePass();
		put(key, "two");

		List<ObjectVersion> versions = versions(key);
		assertThat(versions).extracting(ObjectVersion::key).containsExactly(key, key);
		store().deleteVersions(List.of(versions.get(1).id()));
		assertThat(versions(key)).containsExactly(versions.get(0));
	}

	private void put(String key, String content) {
		store().put(key, content.getBytes(StandardCharsets.UTF_8));
	}

	private String content(String key) throws IOException {
		try (StoredObject object = store().open(key).orElseThrow()) {
			return new String(object.content().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private List<ObjectVersion> versions(String prefix) {
		List<ObjectVersion> versions = new ArrayList<>();
		new VersionListing(store(), prefix, "").forEachRemaining(versions::add);
		return versions;
	}

}
