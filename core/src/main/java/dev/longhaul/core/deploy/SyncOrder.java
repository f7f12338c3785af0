package dev.longhaul.core.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which order Applications can be synced, from what they declare:
 * <ul>
 * <li>who declares objects of a group waits for who defines its kinds;</li>
 * <li>who has Secrets fetched waits for the store that they are fetched from, and the
 * store for the software that keeps them;</li>
 * <li>who deploys into a namespace waits for who has Secrets fetched into it.</li>
 * </ul>
 * Applications that were synced before are waited for by nobody. Pure: the same
 * Applications have the same order.
 */
public final class SyncOrder {

	private static final String EXTERNAL_SECRETS = "external-secrets.io";

	private static final Set<String> STORES = Set.of("SecretStore", "ClusterSecretStore");

	private final List<ArgoApplication> applications;

	private final Set<String> vaults;

	private SyncOrder(Collection<ArgoApplication> applications, Set<String> vaults) {
		this.applications = applications.stream()
			.sorted(Comparator.comparingInt(ArgoApplication::syncWave).thenComparing(ArgoApplication::name))
			.toList();
		this.vaults = vaults;
	}

	/**
	 * @param applications that are still to be synced
	 * @param vaults namespaces of what keeps the Secrets that stores hand out
	 * @return in waves; the members of one do not wait for each other
	 */
	public static List<SyncWave> of(Collection<ArgoApplication> applications, Set<String> vaults) {
		return new SyncOrder(applications, vaults).waves();
	}

	private List<SyncWave> waves() {
		List<SyncWave> waves = new ArrayList<>();
		List<Waiting> left = new ArrayList<>(applications.stream().map(this::waiting).toList());
		while (!left.isEmpty()) {
			List<Waiting> next = left.stream().filter(waiting -> waiting.isFree(left)).toList();
			if (next.isEmpty()) {
				Waiting first = leastWaiting(left);
				waves.add(new SyncWave(List.of(first.inACircle())));
				left.remove(first);
			}
			else {
				waves.add(new SyncWave(next.stream().map(Waiting::inOrder).toList()));
				left.removeAll(next);
			}
		}
		return waves;
	}

	/** Somebody has to be first; what it misses it gets when all are synced again. */
	private static Waiting leastWaiting(List<Waiting> left) {
		return left.stream().min(Comparator.comparingLong(waiting -> waiting.waitsFor(left).count())).orElseThrow();
	}

	private Waiting waiting(ArgoApplication application) {
		Map<String, String> reasons = new LinkedHashMap<>();
		for (ArgoApplication other : applications) {
			if (!other.name().equals(application.name())) {
				reason(application, other).ifPresent(why -> reasons.put(other.name(), why));
			}
		}
		return new Waiting(application, reasons);
	}

	/** Why one waits for another. */
	private Optional<String> reason(ArgoApplication one, ArgoApplication other) {
		for (String group : groups(one)) {
			if (other.resources().stream().anyMatch(resource -> resource.defines(group))) {
				return Optional.of("defines the kinds of " + group);
			}
		}
		if (fetches(one) && !hasStore(one) && hasStore(other)) {
			return Optional.of("has the store that Secrets are fetched from");
		}
		if (hasStore(one) && keepsSecrets(other)) {
			return Optional.of("keeps the Secrets that the store hands out");
		}
		if (!fetches(one) && fetches(other) && fetchesInto(other, one.namespace())) {
			return Optional.of("has Secrets fetched into namespace '%s'".formatted(one.namespace()));
		}
		return Optional.empty();
	}

	private static Set<String> groups(ArgoApplication application) {
		return application.resources()
			.stream()
			.map(ManagedResource::group)
			.filter(group -> group.contains("."))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static boolean fetches(ArgoApplication application) {
		return application.resources().stream().anyMatch(SyncOrder::isExternalSecret);
	}

	private static boolean isExternalSecret(ManagedResource resource) {
		return resource.group().equals(EXTERNAL_SECRETS) && !STORES.contains(resource.kind());
	}

	private static boolean fetchesInto(ArgoApplication application, String namespace) {
		return application.resources()
			.stream()
			.filter(SyncOrder::isExternalSecret)
			.anyMatch(resource -> resource.namespace().equals(namespace));
	}

	private static boolean hasStore(ArgoApplication application) {
		return application.resources()
			.stream()
			.anyMatch(resource -> resource.group().equals(EXTERNAL_SECRETS) && STORES.contains(resource.kind()));
	}

	/** What only hands them out may be in the same namespace as what keeps them. */
	private boolean keepsSecrets(ArgoApplication application) {
		return vaults.contains(application.namespace()) && !hasStore(application);
	}

	/**
	 * @param reasons why it waits, by the names of those it waits for
	 */
	private record Waiting(ArgoApplication application, Map<String, String> reasons) {

		Stream<Waiting> waitsFor(List<Waiting> left) {
			return left.stream().filter(other -> reasons.containsKey(other.application().name()));
		}

		boolean isFree(List<Waiting> left) {
			return waitsFor(left).findAny().isEmpty();
		}

		SyncWave.Member inOrder() {
			String told = reasons.entrySet()
				.stream()
				.map(reason -> "%s %s".formatted(reason.getKey(), reason.getValue()))
				.collect(Collectors.joining(", "));
			return new SyncWave.Member(application, told.isEmpty() ? "waits for nobody" : told);
		}

		SyncWave.Member inACircle() {
			return new SyncWave.Member(application,
					"it and %s wait for each other".formatted(String.join(", ", reasons.keySet())));
		}

	}

}
