# Holds every process of a container, says by which process id it is itself known in there,
# and lets them go when its input ends: so also when whoever asked for it is gone.
#
# usage: hold.sh "ENTRANCE_PID..." COMMAND_THAT_ENTERS...
entrances=$1
shift

# A signal to all spares the first process and the one that sends it; no process that is
# just being made escapes it.
"$@" /bin/sh -c 'kill -STOP -1; echo $$; read -r end; kill -CONT -1'

# nsenter stops itself when its command stops.
[ -z "$entrances" ] || kill -CONT $entrances
