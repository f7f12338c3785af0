# The first process of a container, in mount and process namespaces of its own: builds the
# container's view of the files, says by which process id the machine knows it, and waits.
# When its input ends, so does it, and the kernel ends every process of the container.
#
# usage: sandbox.sh ROOT [SOURCE TARGET rw|ro]...
set -eu

root=$1
shift
read -r pid rest < /proc/self/stat

# Everything that is no volume is thrown away with the container.
mount -t tmpfs -o mode=755 tmpfs "$root"
cd "$root"
mkdir -p dev/shm etc home mnt opt proc root run srv tmp usr var/cache var/lib var/log var/tmp
chmod 1777 dev/shm tmp var/tmp

# The programs of this machine stand in for those of the image.
mount --rbind /usr usr
mount -o remount,bind,ro usr
for name in bin lib lib32 lib64 libx32 sbin; do
	if [ -L "/$name" ]; then
		cp -P "/$name" "$name"
	elif [ -d "/$name" ]; then
		mkdir "$name"
		mount --rbind "/$name" "$name"
		mount -o remount,bind,ro "$name"
	fi
done
# What an unprivileged user may not read (shadow) is not missed.
cp -a /etc/. etc 2> /dev/null || true

for name in full null random tty urandom zero; do
	: > "dev/$name"
	mount --bind "/dev/$name" "dev/$name"
done
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
mount -t proc proc proc

while [ $# -gt 0 ]; do
	if [ -d "$1" ]; then
		mkdir -p "./$2"
	else
		mkdir -p "./$(dirname "$2")"
		: > "./$2"
	fi
	mount --bind "$1" "./$2"
	if [ "$3" = ro ]; then
		mount -o remount,bind,ro "./$2"
	fi
	shift 3
done

# Said from within, so that whoever hears it finds the container complete.
exec chroot . /bin/sh -c 'echo "$0"; exec cat > /dev/null' "$pid"
