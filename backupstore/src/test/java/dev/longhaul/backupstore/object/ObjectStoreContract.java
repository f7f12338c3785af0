package dev.longhaul.backupstore.object;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The promises of {@link ObjectStore}, to be run over every implementation.
 */
public abstract class ObjectStoreContract {

	/** An empty store, the same one throughout a test. */
	protected abstract ObjectStore store();

	/** A store whose bucket or directory does not exist, if there can be such a thing. */
	protected abstract Optional<ObjectStore> storeOfNothing();

	/** The clock the store gives objects their times by. */
	protected Instant now() {
		return Clock.systemUTC().instant();
	}

	/** Whether keys outside the basic plane are listed where S3 lists them. */
	protected boolean ordersSupplementaryCharacters() {
		return true;
	}

	/** Whether a key may go on where another one ends. */
	protected boolean knowsKeysBelowObjects() {
		return true;
	}

	/** Puts many small objects; overridden where there is a quicker way. */
	protected void fill(List<String> keys) throws IOException {
		keys.forEach(key -> store().put(key, bytes(key)));
	}

	static Stream<String> unusualKeys() {
		return Stream.of("plain", "with space", "a+b", "100%", "a%2Fb", "a&b=c?d#e", "quote\"s'", "semi;colon,",
				"größe/漢字/🎒.cfg", ".hidden/..double", "~*!()[]{}", "\\back\\slash", "<tag>&amp;",
				"long/" + Stream.generate(() -> "k".repeat(200)).limit(5).reduce("", (all, part) -> all + part + "/")
						+ "end");
	}

	@ParameterizedTest
	@MethodSource("unusualKeys")
	void whatWasPutIsFoundListedAndOpened(String key) throws IOException {
		byte[] content = bytes("content of " + key);

		store().put(key, content);

		ObjectInfo found = store().find(key).orElseThrow();
		assertThat(found.key()).isEqualTo(key);
		assertThat(found.size()).isEqualTo(content.length);
		assertThat(found.lastModified()).isBetween(now().minus(Duration.ofMinutes(1)), now().plusSeconds(2));
		assertThat(store().list("", "").objects()).extracting(ObjectInfo::key).containsExactly(key);
		assertThat(store().list("", "").objects()).extracting(ObjectInfo::size).containsExactly((long) content.length);
		assertThat(contentOf(key)).isEqualTo(content);
	}

	@Test
	void anEmptyObjectIsAnObject() throws IOException {
		store().put("a/empty", new byte[0]);

		assertThat(store().find("a/empty")).map(ObjectInfo::size).contains(0L);
		assertThat(contentOf("a/empty")).isEmpty();
	}

	@Test
	void anObjectOfManyMebibytesComesBackWhole() throws IOException {
		byte[] content = new byte[17 << 20];
		new Random(1).nextBytes(content);

		store().put("a/large", content);

		assertThat(store().find("a/large")).map(ObjectInfo::size).contains((long) content.length);
		assertThat(contentOf("a/large")).isEqualTo(content);
	}

	@Test
	void puttingAgainReplaces() throws IOException {
		store().put("a/b", bytes("first, which was longer"));

		store().put("a/b", bytes("second"));

		assertThat(contentOf("a/b")).isEqualTo(bytes("second"));
		assertThat(store().find("a/b")).map(ObjectInfo::size).contains(6L);
		assertThat(keys("", "")).containsExactly("a/b");
	}

	@Test
	void aLaterChangeOfTheArrayChangesNothing() throws IOException {
		byte[] content = bytes("kept");

		store().put("a", content);
		content[0] = 'x';

		assertThat(contentOf("a")).isEqualTo(bytes("kept"));
	}

	@Test
	void whatIsNotThereIsAbsent() {
		store().put("a/b/c", bytes("c"));

		assertThat(store().find("a/x")).isEmpty();
		assertThat(store().open("a/x")).isEmpty();
		assertThat(store().find("x/y/z")).isEmpty();
		assertThat(store().find("a/b")).as("the beginning of a key").isEmpty();
		assertThat(store().open("a/b")).as("the beginning of a key").isEmpty();
	}

	@Test
	void whatIsNotThereIsAbsentBelowAnObjectToo() {
		assumeThat(knowsKeysBelowObjects()).as("the store knows keys below objects").isTrue();
		store().put("a/b/c", bytes("c"));

		assertThat(store().find("a/b/c/d")).isEmpty();
		assertThat(store().open("a/b/c/d/e")).isEmpty();
	}

	@Test
	void anEmptyStoreListsNothing() {
		assertThat(store().list("", "")).isEqualTo(new ObjectPage(List.of(), false));
		assertThat(store().list("some/prefix", "some/where")).isEqualTo(new ObjectPage(List.of(), false));
		assertThat(store().open("a")).isEmpty();
	}

	@Test
	void deletingRemovesAndDoesNotMindWhatIsNotThere() throws IOException {
		fill(List.of("a/1", "a/2", "b/1"));

		store().delete(List.of("a/1", "b/1", "never/was", "a"));
		store().delete(List.of("a/1"));
		store().delete(List.of());

		assertThat(keys("", "")).containsExactly("a/2");
		assertThat(store().find("a/1")).isEmpty();
	}

	@Test
	void moreThanAThousandAreDeletedAtOnce() throws IOException {
		List<String> many = IntStream.range(0, 1_200).mapToObj("many/%04d"::formatted).toList();
		fill(many);
		store().put("kept", bytes("kept"));

		store().delete(many);

		assertThat(keys("", "")).containsExactly("kept");
	}

	@Test
	void aListingIsInTheOrderOfTheKeysBytes() throws IOException {
		List<String> ordered = List.of("A", "a-b", "a.b", "a/a", "a/b/c", "a0", "aa", "b!", "z", "é", "漢", "\uFF5E");
		List<String> shuffled = new ArrayList<>(ordered);
		Collections.shuffle(shuffled, new Random(7));
		fill(shuffled);

		assertThat(keys("", "")).containsExactlyElementsOf(ordered);
		assertThat(keys("a", "")).containsExactly("a-b", "a.b", "a/a", "a/b/c", "a0", "aa");
		assertThat(keys("a", "a.b")).containsExactly("a/a", "a/b/c", "a0", "aa");
		assertThat(keys("", "a/zzz")).startsWith("a0");
	}

	@Test
	void aCharacterOutsideTheBasicPlaneComesAfterAllInside() throws IOException {
		assumeThat(ordersSupplementaryCharacters()).as("the store orders keys by UTF-8").isTrue();

		fill(List.of("🎒", "\uFF5E"));

		assertThat(keys("", "")).containsExactly("\uFF5E", "🎒");
		assertThat(keys("", "\uFF5E")).containsExactly("🎒");
	}

	@Test
	void aPrefixMayEndInsideASegment() throws IOException {
		fill(List.of("backups/backup_1.cfg", "backups/backup_2.cfg", "backups/other", "backupstore/x"));

		assertThat(keys("backups/backup_", "")).containsExactly("backups/backup_1.cfg", "backups/backup_2.cfg");
		assertThat(keys("backups", "")).hasSize(4);
		assertThat(keys("backups/", "")).hasSize(3);
		assertThat(keys("backups/backup_1.cfg", "")).containsExactly("backups/backup_1.cfg");
		assertThat(keys("backups/backup_1.cfg/", "")).isEmpty();
		assertThat(keys("nothing/like/it", "")).isEmpty();
	}

	@Test
	void aListingGoesOnAfterAKeyThatNeedNotBeThere() throws IOException {
		fill(List.of("a/1", "a/2", "a/3", "b/1"));

		assertThat(keys("", "a/1")).containsExactly("a/2", "a/3", "b/1");
		assertThat(keys("", "a/15")).containsExactly("a/2", "a/3", "b/1");
		assertThat(keys("a/", "a/2x/y")).containsExactly("a/3");
		assertThat(keys("b/", "a/2")).containsExactly("b/1");
		assertThat(keys("a/", "b")).isEmpty();
		assertThat(keys("", "b/1")).isEmpty();
		assertThat(keys("", "a")).hasSize(4);
	}

	@Test
	void manyObjectsComeInPagesOfAtMostAThousand() throws IOException {
		List<String> many = IntStream.range(0, 2_500).mapToObj(i -> "many/%02d/%04d".formatted(i / 100, i)).toList();
		fill(many);
		store().put("zzz", bytes("not under the prefix"));

		List<Integer> sizes = new ArrayList<>();
		List<String> listed = new ArrayList<>();
		ObjectPage page;
		do {
			page = store().list("many/", listed.isEmpty() ? "" : listed.get(listed.size() - 1));
			sizes.add(page.objects().size());
			page.objects().forEach(object -> listed.add(object.key()));
		}
		while (page.truncated());

		assertThat(listed).containsExactlyElementsOf(many);
		assertThat(sizes).allMatch(size -> size <= 1_000);
	}

	@Test
	void aPageThatIsJustFullIsNotTruncated() throws IOException {
		fill(IntStream.range(0, 1_000).mapToObj("full/%04d"::formatted).toList());
		store().put("other", bytes("not under the prefix"));

		ObjectPage page = store().list("full/", "");

		assertThat(page.objects()).hasSize(1_000);
		assertThat(page.truncated()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a/.", "nul\0/a" })
	void aKeyThatIsNoKeyIsRefusedBeforeAnythingIsSent(String key) {
		assertRefusesKey(() -> store().find(key));
		assertRefusesKey(() -> store().open(key));
		assertRefusesKey(() -> store().put(key, bytes("never")));
		assertRefusesKey(() -> store().delete(List.of("fine", key)));
	}

	@Test
	void aKeyThatIsTooLongIsRefusedBeforeAnythingIsSent() {
		assertRefusesKey(() -> store().put("ü".repeat(513), bytes("never")));
	}

	@Test
	void closingEarlyGivesUpTheRestAndLeavesTheStoreUsable() throws IOException {
		store().put("a/large", new byte[8 << 20]);

		for (int i = 0; i < 20; i++) {
			try (StoredObject object = store().open("a/large").orElseThrow()) {
				assertThat(object.info().size()).isEqualTo(8 << 20);
				assertThat(object.content().readNBytes(10)).hasSize(10);
			}
		}

		assertThat(contentOf("a/large")).hasSize(8 << 20);
	}

	@Test
	void skippingIsReading() throws IOException {
		store().put("a", bytes("0123456789"));

		try (StoredObject object = store().open("a").orElseThrow()) {
			assertThat(object.content().skip(4)).isEqualTo(4);
			assertThat(object.content().readAllBytes()).isEqualTo(bytes("456789"));
			assertThat(object.content().read()).isEqualTo(-1);
		}
	}

	@Test
	void manyThreadsUseAStoreAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try {
			List<Callable<Boolean>> work = IntStream.range(0, 64).<Callable<Boolean>>mapToObj(i -> () -> {
				byte[] content = bytes(("object " + i + " ").repeat(1000));
				store().put("threads/" + i, content);
				return Arrays.equals(contentOf("threads/" + i), content);
			}).toList();

			for (Future<Boolean> done : threads.invokeAll(work)) {
				assertThat(done.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(keys("threads/", "")).hasSize(64);
	}

	@Test
	void aReaderSeesOnePutOrTheOtherAndNeverHalf() throws Exception {
		byte[] ones = new byte[200_000];
		Arrays.fill(ones, (byte) 1);
		byte[] twos = new byte[300_000];
		Arrays.fill(twos, (byte) 2);
		store().put("changing", ones);
		ExecutorService writer = Executors.newSingleThreadExecutor();
		try {
			Future<?> writing = writer.submit(() -> {
				for (int i = 0; i < 30; i++) {
					store().put("changing", (i % 2 == 0) ? twos : ones);
				}
			});

			while (!writing.isDone()) {
				byte[] seen = contentOf("changing");
				assertThat(Arrays.equals(seen, ones) || Arrays.equals(seen, twos)).isTrue();
			}
			writing.get();
		}
		finally {
			writer.shutdownNow();
		}
	}

	@Test
	void aStoreOfNothingIsRefusedAndNeverEmpty() {
		ObjectStore nothing = storeOfNothing().orElse(null);
		assumeThat(nothing).as("a store that is always there").isNotNull();

		try (nothing) {
			assertNotFound(() -> nothing.list("", ""));
			assertNotFound(() -> nothing.find("a"));
			assertNotFound(() -> nothing.open("a"));
			assertNotFound(() -> nothing.put("a", bytes("never")));
			assertNotFound(nothing::examine);
		}
	}

	@Test
	void aStoreThatIsThereCanBeExamined() {
		StoreFacts facts = store().examine();

		assertThat(facts.objectLockEvidence()).isNotBlank();
		if (facts.serverTime() != null) {
			assertThat(facts.serverTime()).isBetween(now().minus(Duration.ofMinutes(1)), now().plusSeconds(2));
		}
	}

	private static void assertNotFound(ThrowingCallable call) {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(call)
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.BUCKET_NOT_FOUND));
	}

	private static void assertRefusesKey(ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith("a key has ");
	}

	/** All keys, however many pages they come in. */
	protected final List<String> keys(String prefix, String startAfter) {
		List<String> keys = new ArrayList<>();
		new Listing(store(), prefix, startAfter).forEachRemaining(object -> keys.add(object.key()));
		return keys;
	}

	protected final byte[] contentOf(String key) throws IOException {
		try (StoredObject object = store().open(key).orElseThrow()) {
			byte[] content = object.content().readAllBytes();
			assertThat(content.length).isEqualTo((int) object.info().size());
			return content;
		}
	}

	protected static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
