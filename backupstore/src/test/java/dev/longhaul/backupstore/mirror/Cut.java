package dev.longhaul.backupstore.mirror;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;

/** A process that dies: lets so many calls through and none after them. */
final class Cut {

	/** Whether the call at which the process dies still takes effect. */
	enum Last {

		IS_LOST, TAKES_EFFECT

	}

	private final AtomicInteger left;

	private final Last last;

	Cut(int calls, Last last) {
		this.left = new AtomicInteger(calls);
		this.last = last;
	}

	StreamingStore of(StreamingStore store) {
		return new ForwardingStreamingStore(store) {

			@Override
			public ObjectPage list(String prefix, String startAfter) {
				pass();
				return super.list(prefix, startAfter);
			}

			@Override
			public Optional<ObjectInfo> find(String key) {
				pass();
				return super.find(key);
			}

			@Override
			public Optional<StoredObject> open(String key) {
				pass();
				return super.open(key);
			}

			@Override
			public void put(String key, byte[] content) {
				effect(() -> super.put(key, content));
			}

			@Override
			public void delete(Collection<String> keys) {
				effect(() -> super.delete(keys));
			}

		};
	}

	private void pass() {
		if (left.getAndDecrement() <= 0) {
			throw dead();
		}
	}

	private void effect(Runnable call) {
		int before = left.getAndDecrement();
		if (before > 0 || (before == 0 && last == Last.TAKES_EFFECT)) {
			call.run();
		}
		if (before <= 0) {
			throw dead();
		}
	}

	private static TransientFailure dead() {
		return new TransientFailure(FailureCode.TARGET_UNREACHABLE, "dead", "none");
	}

}
