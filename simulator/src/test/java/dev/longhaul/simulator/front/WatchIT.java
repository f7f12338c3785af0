package dev.longhaul.simulator.front;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class WatchIT {

	private static final int MANY = 100;

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	WatchIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		node = NodeSession.open(kind, directory);
	}

	@Test
	void seesEverythingThatHappens() {
		Seen seen = new Seen();
		Watch watch = made(node.client()).watch(seen);
		create("first");
		named("first").edit(map -> new ConfigMapBuilder(map).addToData("a", "b").build());
		named("first").delete();

		NodeSession.await("the events").until(() -> seen.events.contains("DELETED first"));
		watch.close();

		assertThat(seen.events).containsExactly("ADDED first", "MODIFIED first", "DELETED first");
	}

	@Test
	void worksOverTheClientsDefaultHttpClientToo() {
		Seen seen = new Seen();
		try (KubernetesClient client = node.vertxClient()) {
			Watch watch = made(client).watch(seen);
			create("first");

			NodeSession.await("the event").until(() -> seen.events.contains("ADDED first"));
			watch.close();
		}
	}

	@Test
	void losesNoFirstEvent() {
		create("there");
		List<Seen> all = new ArrayList<>();
		List<Watch> watches = new ArrayList<>();

		for (int number = 0; number < MANY; number++) {
			Seen seen = new Seen();
			all.add(seen);
			watches.add(named("there").watch(seen));
		}

		assertThat(all).allSatisfy(seen -> NodeSession.await("the first event")
			.untilAsserted(() -> assertThat(seen.events).containsExactly("ADDED there")));
		watches.forEach(Watch::close);
	}

	@Test
	void anInformerWhoseWatchIsCutComesBackAndMissesNothing() {
		try (SharedIndexInformer<ConfigMap> informer = made(node.client()).inform()) {
			create("before");
			NodeSession.await("the first object").until(() -> informer.getStore().list().size() >= 1);
			AtomicInteger cuts = new AtomicInteger(node.front().cutWatches());
			create("meanwhile");

			NodeSession.await("the second object").until(() -> has(informer, "meanwhile"));
			NodeSession.await("the watch to be back").until(() -> cuts.addAndGet(node.front().cutWatches()) >= 2);
			create("after");
			NodeSession.await("the third object").until(() -> has(informer, "after"));
		}
	}

	@Test
	void anInformerSurvivesAWatchThatIsCutByScript() {
		ScriptedFault cut = node.front()
			.faults()
			.script(new ApiFault.Cut(Duration.ofMillis(300)), RequestPattern.of(ApiRequest.WATCH, ".*/configmaps"), 2);
		try (SharedIndexInformer<ConfigMap> informer = made(node.client()).inform()) {
			NodeSession.await("both cuts").until(() -> cut.fired() == 2);
			create("after");

			NodeSession.await("the object").until(() -> has(informer, "after"));
		}
		node.front().faults().requireAllFired();
	}

	private static boolean has(SharedIndexInformer<ConfigMap> informer, String name) {
		return informer.getStore().list().stream().anyMatch(map -> map.getMetadata().getName().equals(name));
	}

	/** Only those made here: a real API puts one into every namespace. */
	private FilterWatchListDeletable<ConfigMap, ConfigMapList, Resource<ConfigMap>> made(KubernetesClient client) {
		return client.configMaps().inNamespace(node.namespace()).withLabel("made-by", "watch-it");
	}

	private Resource<ConfigMap> named(String name) {
		return node.client().configMaps().inNamespace(node.namespace()).withName(name);
	}

	/** Not through the front: what happens must not depend on what is tested. */
	private void create(String name) {
		node.clientOfApi()
			.resource(new ConfigMapBuilder().withNewMetadata()
				.withName(name)
				.withNamespace(node.namespace())
				.addToLabels("made-by", "watch-it")
				.endMetadata()
				.build())
			.create();
	}

	/** Notes what it is told. */
	private static final class Seen implements Watcher<ConfigMap> {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@Override
		public void eventReceived(Action action, ConfigMap map) {
			events.add(action + " " + map.getMetadata().getName());
		}

		@Override
		public void onClose(WatcherException cause) {
			events.add("CLOSED");
		}

	}

}
