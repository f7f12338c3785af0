package dev.longhaul.core.cluster;

import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.VolumeName;

/**
 * Namespaces in which a restore is rehearsed. What they hold nobody needs, and whatever
 * is deleted by this is theirs. No call waits for anything to finish. Failures are those
 * of {@link VolumeCluster}.
 */
public interface ThrowAwayNamespaces {

	/**
	 * Deployments, StatefulSets and Services of a namespace as they were declared, by
	 * kind and name.
	 * @throws RefusedRequest if one of them is larger than a {@link JsonObject} may be
	 */
	List<JsonObject> declared(String namespace);

	/** All there are, by name. */
	List<ThrowAway> all();

	/**
	 * Makes one: making it twice is making it once.
	 * @throws RefusedRequest if there is a namespace of that name that is none of these,
	 * or is of another rehearsal
	 */
	void make(ThrowAway place);

	/**
	 * Creates an object of a namespace, unless one of its name is there.
	 * @param object a Service, Deployment, StatefulSet or NetworkPolicy
	 * @throws RefusedRequest if its namespace is none of these
	 */
	void create(JsonObject object);

	/**
	 * Copies keys and their values from a namespace into one of these.
	 * @return false if there is nothing of that kind and name, or it is a token of the
	 * cluster itself
	 * @throws RefusedRequest if the other namespace is none of these
	 */
	boolean copy(Settings settings, String from, String to);

	/**
	 * Asks for all that runs in one to end, and for its claims to be deleted: asking
	 * twice is asking once.
	 * @return whether neither pods nor claims are left
	 * @throws RefusedRequest if it is none of these
	 */
	boolean clear(String namespace);

	/**
	 * Asks for a volume and its PersistentVolume to be deleted, if they have the mark of
	 * this restore. Others stay.
	 * @return whether none that has the mark is left
	 */
	boolean remove(VolumeName volume, String mark);

	/**
	 * Asks for one to be deleted, and is not asked before all else is gone.
	 * @return whether there is none of that name any more
	 * @throws RefusedRequest if it is none of these
	 */
	boolean remove(String namespace);

	/**
	 * One of these.
	 *
	 * @param mark of the restore that fills it, as {@link RestoreCluster#MARK} has it
	 * @param volumes that the restore makes
	 */
	record ThrowAway(String namespace, ApplicationName application, String mark, List<VolumeName> volumes) {

		public ThrowAway {
			volumes = List.copyOf(volumes);
		}

	}

	/** Keys and values that containers are given. */
	record Settings(Kind kind, String name) {

		/** What holds them. */
		public enum Kind {

			CONFIG_MAP, SECRET

		}

	}

}
