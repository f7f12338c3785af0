package dev.longhaul.restore.bootstrap;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is begun with, before there is a repository to read. Its Secrets are in
 * the kit beside it. What an Application says may be somebody's password all the same, so
 * this does not print itself.
 *
 * @param objects in the order they are created; none of them a Secret
 * @param argo null if Argo CD is brought by somebody else
 */
public record Bootstrap(List<JsonObject> objects, @Nullable ChartRelease argo) {

	/** Of objects. An app-of-apps brings the others. */
	public static final int MOST = 200;

	/** Of all objects together, in bytes. */
	public static final int LARGEST = 512 * 1024;

	private static final Bootstrap NONE = new Bootstrap(List.of(), null);

	/**
	 * @throws IllegalArgumentException if it is too much, or holds an object that no
	 * cluster is begun with, or one of them twice
	 */
	public Bootstrap {
		objects = List.copyOf(objects);
		if (objects.size() > MOST || objects.stream().mapToInt(JsonObject::size).sum() > LARGEST) {
			throw new IllegalArgumentException(
					"a cluster is begun with at most %d objects of %d KiB together".formatted(MOST, LARGEST / 1024));
		}
		Set<ObjectName> seen = new HashSet<>();
		for (JsonObject object : objects) {
			ObjectName name = ObjectName.of(object);
			if (!seen.add(name)) {
				throw new IllegalArgumentException("%s is in it twice".formatted(name));
			}
		}
		objects = objects.stream().sorted(Comparator.comparing(object -> ObjectName.of(object).kind())).toList();
	}

	/** What kits of the first version hold. */
	public static Bootstrap none() {
		return NONE;
	}

	public boolean isEmpty() {
		return objects.isEmpty() && argo == null;
	}

	/** What may be shown of its objects, in their order. */
	public List<ObjectName> names() {
		return objects.stream().map(ObjectName::of).toList();
	}

	public Optional<ChartRelease> argoRelease() {
		return Optional.ofNullable(argo);
	}

	@Override
	public String toString() {
		return "Bootstrap[%s, %s]".formatted(names(), argo);
	}

}
