// SPDX-License-Identifier: GPL-2.0
/*
 * ddcmon: two simulated DDC/CI monitors, each behind a real I2C adapter.
 *
 * Every monitor answers at 0x50 with its EDID and at 0x37 as DDC/CI 1.1 (VESA) asks, at the speed of a 100 kHz bus. What real
 * monitors get wrong can be switched on per monitor in /sys/class/ddcmon/monN/fault; see lab/README.md for the whole interface.
 */
#include <linux/bitops.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define MONITORS	2
#define EDID_ADDRESS	0x50
#define DDC_ADDRESS	0x37
#define BYTE_USECS	92	/* nine clocks at 100 kHz, and a little for start and stop */

#define HOST_SOURCE	0x51	/* source address a host writes with (DDC/CI 1.1, 4) */
#define LG_SOURCE	0x50	/* … and the one LG monitors want for their own input select */
#define LG_INPUT	0xf4
#define MESSAGE_MAX	32	/* data bytes in one DDC/CI message */

#define VCP_BRIGHTNESS	0x10
#define VCP_CONTRAST	0x12
#define VCP_INPUT	0x60
#define VCP_VERSION	0xdf

enum { OP_GET = 0x01, OP_GET_REPLY = 0x02, OP_SET = 0x03, OP_CAPS_REPLY = 0xe3, OP_CAPS = 0xf3 };

enum fault {
	NACK, LATE, SLOW, IGNORE, WRONG_READBACK, BAD_CHECKSUM, GET_BEFORE_SET, REVERT, LG, MUTE, GONE, PACE, FAULTS
};

static const struct {
	const char *name;
	unsigned int unless_told;	/* the number meant by a bare `name` */
	bool takes_number;
} fault_kinds[FAULTS] = {
	[NACK]		 = { "nack" },
	[LATE]		 = { "late", 200, true },
	[SLOW]		 = { "slow", 200, true },
	[IGNORE]	 = { "ignore" },
	[WRONG_READBACK] = { "wrong_readback", 0x0305, true },
	[BAD_CHECKSUM]	 = { "bad_checksum" },
	[GET_BEFORE_SET] = { "get_before_set" },
	[REVERT]	 = { "revert", 1000, true },
	[LG]		 = { "lg" },
	[MUTE]		 = { "mute" },
	[GONE]		 = { "gone" },
	[PACE]		 = { "pace", 50, true },
};

struct faults {
	unsigned long set;
	unsigned int number[FAULTS];
};

enum verdict { OK, BAD_SUM, IGNORED, NACKED, VERDICTS };
static const char *const verdict_names[VERDICTS] = { "ok", "bad-checksum", "ignored", "nacked" };

#define LOG_LINES	256
#define LOG_BYTES	40
#define LOG_LINE_MAX	(21 + 3 * LOG_BYTES + 16)

struct log_entry {
	u64 when;
	u8 bytes[LOG_BYTES];
	u16 len;
	u8 verdict;
};

struct monitor;

/* A socket on the graphics card. Made anew at each plugging-in: somebody may still hold the old one's /dev/i2c-N open. */
struct socket {
	struct i2c_adapter adapter;
	struct monitor *monitor;	/* NULL once unplugged */
	struct work_struct removal;
};

struct monitor {
	struct mutex lock;		/* everything below; never held while sleeping for the bus's sake */
	int index;
	struct device *dev;
	struct mutex plug_lock;		/* serialises plugging; taken outside of lock */
	struct socket *socket;		/* NULL while unplugged */

	u8 edid[128];
	u8 edid_offset;
	const char *caps;
	const char *inputs;		/* accepted values of VCP 0x60, ends with 0 */

	u8 input, before_revert, stale_input;
	u8 brightness, contrast;
	u8 got_feature;			/* feature of the last Get since the last Set, 0 if none */
	struct delayed_work revert;

	u8 reply[3 + MESSAGE_MAX];
	int reply_len;
	ktime_t reply_ready, last_message;

	struct faults faults;
	struct log_entry log[LOG_LINES];
	unsigned long logged;
	unsigned long count[VERDICTS], reads;
};

static struct monitor *monitors[MONITORS];
static struct workqueue_struct *removals;

static const struct {
	const char *name, *serial, *caps;
	u16 product;
	u32 number;
	char inputs[8];
} models[MONITORS] = {
	{ "HOT24", "HOT24-A0001",
	  "(prot(monitor)type(LCD)model(HOT24)cmds(01 02 03 07 0C E3 F3)vcp(10 12 60(01 03 0F 11) DF)mccs_ver(2.1))",
	  0x2401, 0x24000001, { 0x01, 0x03, 0x0f, 0x11 } },
	{ "HOT27", "HOT27-B0002",
	  "(prot(monitor)type(LCD)model(HOT27)cmds(01 02 03 07 0C E3 F3)vcp(10 12 60(0F 10 11 12) DF)mccs_ver(2.1))",
	  0x2702, 0x27000002, { 0x0f, 0x10, 0x11, 0x12 } },
};

static bool faulty(const struct monitor *m, enum fault f)
{
	return test_bit(f, &m->faults.set);
}

/* ---- DDC/CI messages ---- */

static u8 xor_bytes(u8 seed, const u8 *bytes, int len)
{
	while (len-- > 0)
		seed ^= *bytes++;
	return seed;
}

/* The checksum of a reply starts from the host's "virtual" address 0x50 (DDC/CI 1.1, 4). */
static void reply_with(struct monitor *m, const u8 *data, int len)
{
	m->reply[0] = DDC_ADDRESS << 1;
	m->reply[1] = 0x80 | len;
	memcpy(m->reply + 2, data, len);
	m->reply[2 + len] = xor_bytes(0x50, m->reply, 2 + len) ^ (faulty(m, BAD_CHECKSUM) ? 0xa5 : 0);
	m->reply_len = 3 + len;
	m->reply_ready = ktime_get();
	if (faulty(m, LATE))
		m->reply_ready = ktime_add_ms(m->reply_ready, m->faults.number[LATE]);
}

static void reply_feature(struct monitor *m, u8 feature)
{
	u16 maximum = 0, current_value = 0;
	u8 unsupported = 0;

	switch (feature) {
	case VCP_INPUT:
		maximum = 0x12;
		current_value = faulty(m, LG) ? m->stale_input : m->input;
		if (faulty(m, WRONG_READBACK))
			current_value = m->faults.number[WRONG_READBACK];
		break;
	case VCP_BRIGHTNESS:
		maximum = 100;
		current_value = m->brightness;
		break;
	case VCP_CONTRAST:
		maximum = 100;
		current_value = m->contrast;
		break;
	case VCP_VERSION:
		maximum = 0xffff;
		current_value = 0x0201;
		break;
	default:
		unsupported = 1;
	}
	reply_with(m, (u8[]){ OP_GET_REPLY, unsupported, feature, 0, maximum >> 8, maximum, current_value >> 8, current_value }, 8);
}

static void reply_capabilities(struct monitor *m, u16 offset)
{
	u8 data[3 + MESSAGE_MAX] = { OP_CAPS_REPLY, offset >> 8, offset };
	int left = (int)strlen(m->caps) - offset;
	int len = clamp(left, 0, MESSAGE_MAX - 3);

	if (len > 0)
		memcpy(data + 3, m->caps + offset, len);
	reply_with(m, data, 3 + len);
}

static void select_input(struct monitor *m, u8 input)
{
	m->before_revert = m->input;
	m->input = input;
	if (faulty(m, REVERT))
		mod_delayed_work(system_wq, &m->revert, msecs_to_jiffies(m->faults.number[REVERT]));
}

static enum verdict set_feature(struct monitor *m, u8 source, u8 feature, u16 value)
{
	u8 asked = m->got_feature;

	m->got_feature = 0;
	if (faulty(m, IGNORE) || (faulty(m, GET_BEFORE_SET) && asked != feature))
		return IGNORED;
	if (faulty(m, LG) && feature == LG_INPUT && source == LG_SOURCE) {
		select_input(m, value);
		return OK;
	}
	if (source != HOST_SOURCE)
		return IGNORED;
	switch (feature) {
	case VCP_INPUT:
		if (faulty(m, LG) || !(value & 0xff) || !strchr(m->inputs, value & 0xff))
			return IGNORED;
		select_input(m, value);
		return OK;
	case VCP_BRIGHTNESS:
		m->brightness = min_t(u16, value, 100);
		return OK;
	case VCP_CONTRAST:
		m->contrast = min_t(u16, value, 100);
		return OK;
	}
	return IGNORED;
}

/* msg: source address, 0x80 | length, data…, checksum; the slave address that opens the checksum is not in it. */
static enum verdict obey(struct monitor *m, const u8 *msg, int len)
{
	ktime_t now = ktime_get(), before = m->last_message;
	const u8 *data = msg + 2;
	int data_len;
	u8 source;

	m->last_message = now;
	if (faulty(m, PACE) && ktime_ms_delta(now, before) < m->faults.number[PACE])
		return IGNORED;
	if (len < 3)
		return IGNORED;		/* a probe of the address, not a message */
	source = msg[0];
	data_len = msg[1] & 0x7f;
	if (!(msg[1] & 0x80) || data_len < 1 || data_len > MESSAGE_MAX || len != data_len + 3)
		return IGNORED;
	if (xor_bytes(DDC_ADDRESS << 1, msg, len))
		return BAD_SUM;
	m->reply_len = 0;
	if (source != HOST_SOURCE && !(faulty(m, LG) && source == LG_SOURCE))
		return IGNORED;
	if (data[0] == OP_GET && data_len == 2) {
		m->got_feature = data[1];
		reply_feature(m, data[1]);
		return OK;
	}
	if (data[0] == OP_SET && data_len == 4)
		return set_feature(m, source, data[1], data[2] << 8 | data[3]);
	if (data[0] == OP_CAPS && data_len == 3) {
		reply_capabilities(m, data[1] << 8 | data[2]);
		return OK;
	}
	return IGNORED;
}

static void note(struct monitor *m, const u8 *bytes, int len, enum verdict verdict)
{
	struct log_entry *entry = &m->log[m->logged++ % LOG_LINES];

	entry->when = ktime_get_ns();
	entry->len = len;
	entry->verdict = verdict;
	memcpy(entry->bytes, bytes, min(len, LOG_BYTES));
	m->count[verdict]++;
}

/* ---- the bus ---- */

static int ddc_read(struct monitor *m, u8 *buf, int len)
{
	static const u8 null_message[] = { DDC_ADDRESS << 1, 0x80, 0x50 ^ (DDC_ADDRESS << 1) ^ 0x80 };

	if (faulty(m, NACK) || faulty(m, GONE))
		return -ENXIO;
	m->reads++;
	memset(buf, 0, len);
	if (faulty(m, MUTE))
		return 0;
	if (m->reply_len && ktime_compare(ktime_get(), m->reply_ready) >= 0) {
		memcpy(buf, m->reply, min(len, m->reply_len));
		if (len > 1)		/* one byte is a probe: the message stays */
			m->reply_len = 0;
	} else {
		memcpy(buf, null_message, min_t(int, len, sizeof(null_message)));
	}
	return 0;
}

static int ddc_write(struct monitor *m, const u8 *buf, int len)
{
	if (faulty(m, NACK) || faulty(m, GONE)) {
		note(m, buf, len, NACKED);
		return -ENXIO;
	}
	note(m, buf, len, obey(m, buf, len));
	return 0;
}

static int edid_message(struct monitor *m, const struct i2c_msg *msg)
{
	int i;

	if (faulty(m, GONE))
		return -ENXIO;
	if (!(msg->flags & I2C_M_RD)) {
		if (msg->len)
			m->edid_offset = msg->buf[0];
		return 0;
	}
	for (i = 0; i < msg->len; i++)
		msg->buf[i] = m->edid[m->edid_offset++ % sizeof(m->edid)];
	return 0;
}

static int one_message(struct socket *s, struct i2c_msg *msg)
{
	struct monitor *m = READ_ONCE(s->monitor);
	unsigned int usecs = BYTE_USECS * (msg->len + 1);
	unsigned int stall = 0;
	int err;

	if (!m)
		return -ENODEV;
	if (msg->addr != EDID_ADDRESS && msg->addr != DDC_ADDRESS)
		return -ENXIO;
	mutex_lock(&m->lock);
	if (msg->addr == DDC_ADDRESS && faulty(m, SLOW))
		stall = m->faults.number[SLOW];
	mutex_unlock(&m->lock);
	if (stall)
		msleep(stall);
	usleep_range(usecs, usecs + 20);

	/* Monitors are never freed before the module goes, and it cannot go while an adapter is in use. */
	mutex_lock(&m->lock);
	if (msg->addr == EDID_ADDRESS)
		err = edid_message(m, msg);
	else if (msg->flags & I2C_M_RD)
		err = ddc_read(m, msg->buf, msg->len);
	else
		err = ddc_write(m, msg->buf, msg->len);
	mutex_unlock(&m->lock);
	return err;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int num)
{
	int i, err;

	for (i = 0; i < num; i++) {
		err = one_message(i2c_get_adapdata(adapter), &msgs[i]);
		if (err)
			return err;
	}
	return num;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer,
	.functionality = functionality,
};

/* i2c_del_adapter() waits until the last open /dev/i2c-N is closed: not in the time of whoever pulls the plug. */
static void remove_socket(struct work_struct *work)
{
	struct socket *s = container_of(work, struct socket, removal);

	i2c_del_adapter(&s->adapter);
	kfree(s);
}

static int plug(struct monitor *m)
{
	struct socket *s;
	int err;

	if (m->socket)
		return 0;
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->monitor = m;
	INIT_WORK(&s->removal, remove_socket);
	s->adapter.owner = THIS_MODULE;
	s->adapter.class = I2C_CLASS_DDC;
	s->adapter.algo = &algorithm;
	s->adapter.dev.parent = m->dev;
	snprintf(s->adapter.name, sizeof(s->adapter.name), "simulated DDC bus %d", m->index);
	i2c_set_adapdata(&s->adapter, s);
	err = i2c_add_adapter(&s->adapter);
	if (err) {
		kfree(s);
		return err;
	}
	m->socket = s;
	return 0;
}

static void unplug(struct monitor *m)
{
	struct socket *s = m->socket;

	if (!s)
		return;
	m->socket = NULL;
	WRITE_ONCE(s->monitor, NULL);
	queue_work(removals, &s->removal);
}

/* ---- /sys/class/ddcmon/monN ---- */

static ssize_t bus_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct monitor *m = dev_get_drvdata(dev);
	int bus;

	mutex_lock(&m->plug_lock);
	bus = m->socket ? m->socket->adapter.nr : -1;
	mutex_unlock(&m->plug_lock);
	return sysfs_emit(buf, "%d\n", bus);
}
static DEVICE_ATTR_RO(bus);

static ssize_t plugged_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct monitor *m = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%d\n", READ_ONCE(m->socket) != NULL);
}

static ssize_t plugged_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)
{
	struct monitor *m = dev_get_drvdata(dev);
	bool want;
	int err = kstrtobool(buf, &want);

	if (err)
		return err;
	mutex_lock(&m->plug_lock);
	if (want)
		err = plug(m);
	else
		unplug(m);
	mutex_unlock(&m->plug_lock);
	return err ? err : len;
}
static DEVICE_ATTR_RW(plugged);

static ssize_t input_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct monitor *m = dev_get_drvdata(dev);

	return sysfs_emit(buf, "0x%02x\n", READ_ONCE(m->input));
}

static ssize_t input_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)
{
	struct monitor *m = dev_get_drvdata(dev);
	u8 input;
	int err = kstrtou8(buf, 0, &input);

	if (err)
		return err;
	cancel_delayed_work_sync(&m->revert);
	mutex_lock(&m->lock);
	m->input = m->stale_input = input;
	mutex_unlock(&m->lock);
	return len;
}
static DEVICE_ATTR_RW(input);

static ssize_t fault_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct monitor *m = dev_get_drvdata(dev);
	ssize_t at = 0;
	int f;

	mutex_lock(&m->lock);
	for_each_set_bit(f, &m->faults.set, FAULTS) {
		at += sysfs_emit_at(buf, at, "%s%s", at ? " " : "", fault_kinds[f].name);
		if (fault_kinds[f].takes_number)
			at += sysfs_emit_at(buf, at, "=%u", m->faults.number[f]);
	}
	mutex_unlock(&m->lock);
	at += sysfs_emit_at(buf, at, "%s\n", at ? "" : "none");
	return at;
}

static int parse_fault(struct faults *faults, char *word)
{
	char *name = strsep(&word, "=");
	int f;

	if (!strcmp(name, "none"))
		return word ? -EINVAL : 0;
	for (f = 0; f < FAULTS; f++)
		if (!strcmp(name, fault_kinds[f].name))
			break;
	if (f == FAULTS || (word && !fault_kinds[f].takes_number))
		return -EINVAL;
	faults->number[f] = fault_kinds[f].unless_told;
	if (word && kstrtouint(word, 0, &faults->number[f]))
		return -EINVAL;
	if (faults->number[f] > 60000)
		return -ERANGE;
	__set_bit(f, &faults->set);
	return 0;
}

/* One write says it all: what is not named is off. */
static ssize_t fault_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)
{
	struct monitor *m = dev_get_drvdata(dev);
	struct faults faults = { };
	char *words = kstrndup(buf, len, GFP_KERNEL), *rest = words, *word;
	int err = words ? 0 : -ENOMEM;

	while (!err && (word = strsep(&rest, " \t\n")))
		if (*word)
			err = parse_fault(&faults, word);
	kfree(words);
	if (err)
		return err;
	cancel_delayed_work_sync(&m->revert);
	mutex_lock(&m->lock);
	m->faults = faults;
	m->got_feature = 0;
	m->stale_input = m->input;
	mutex_unlock(&m->lock);
	return len;
}
static DEVICE_ATTR_RW(fault);

static ssize_t clear_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)
{
	struct monitor *m = dev_get_drvdata(dev);

	mutex_lock(&m->lock);
	m->logged = 0;
	m->reads = 0;
	memset(m->count, 0, sizeof(m->count));
	mutex_unlock(&m->lock);
	return len;
}
static DEVICE_ATTR_WO(clear);

static ssize_t count_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct monitor *m = dev_get_drvdata(dev);
	ssize_t at = 0;
	int v;

	mutex_lock(&m->lock);
	for (v = 0; v < VERDICTS; v++)
		at += sysfs_emit_at(buf, at, "%s %lu\n", verdict_names[v], m->count[v]);
	at += sysfs_emit_at(buf, at, "reads %lu\n", m->reads);
	mutex_unlock(&m->lock);
	return at;
}
static DEVICE_ATTR_RO(count);

static struct attribute *monitor_attrs[] = {
	&dev_attr_bus.attr, &dev_attr_plugged.attr, &dev_attr_input.attr, &dev_attr_fault.attr,
	&dev_attr_clear.attr, &dev_attr_count.attr, NULL
};

static int log_line(char *to, const struct log_entry *entry)
{
	int shown = min_t(int, entry->len, LOG_BYTES);

	return scnprintf(to, LOG_LINE_MAX, "%llu %*ph%s%s\n", entry->when, shown, entry->bytes,
			 shown ? " " : "", verdict_names[entry->verdict]);
}

/* A binary attribute, because 256 lines are more than the page that a plain one may hold. */
static ssize_t log_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr, char *buf, loff_t off, size_t count)
{
	struct monitor *m = dev_get_drvdata(kobj_to_dev(kobj));
	char *text = vmalloc(LOG_LINES * LOG_LINE_MAX);
	unsigned long i;
	ssize_t len = 0;

	if (!text)
		return -ENOMEM;
	mutex_lock(&m->lock);
	for (i = m->logged > LOG_LINES ? m->logged - LOG_LINES : 0; i < m->logged; i++)
		len += log_line(text + len, &m->log[i % LOG_LINES]);
	mutex_unlock(&m->lock);
	len = memory_read_from_buffer(buf, count, &off, text, len);
	vfree(text);
	return len;
}
static BIN_ATTR_RO(log, 0);

static ssize_t edid_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr, char *buf, loff_t off, size_t count)
{
	struct monitor *m = dev_get_drvdata(kobj_to_dev(kobj));

	return memory_read_from_buffer(buf, count, &off, m->edid, sizeof(m->edid));
}

static ssize_t edid_write(struct file *file, struct kobject *kobj, struct bin_attribute *attr, char *buf, loff_t off, size_t count)
{
	struct monitor *m = dev_get_drvdata(kobj_to_dev(kobj));

	if (off + count > sizeof(m->edid))
		return -EINVAL;
	mutex_lock(&m->lock);
	memcpy(m->edid + off, buf, count);
	mutex_unlock(&m->lock);
	return count;
}
static BIN_ATTR_RW(edid, 128);

static struct bin_attribute *monitor_bin_attrs[] = { &bin_attr_log, &bin_attr_edid, NULL };

static const struct attribute_group monitor_group = { .attrs = monitor_attrs, .bin_attrs = monitor_bin_attrs };
static const struct attribute_group *monitor_groups[] = { &monitor_group, NULL };

static struct class *monitor_class;

/* ---- coming and going ---- */

static void edid_text(u8 *descriptor, u8 tag, const char *text)
{
	size_t len = min_t(size_t, strlen(text), 13);

	memset(descriptor, 0, 5);
	descriptor[3] = tag;
	memset(descriptor + 5, ' ', 13);
	memcpy(descriptor + 5, text, len);
	if (len < 13)
		descriptor[5 + len] = '\n';
}

/* EDID 1.3 (VESA E-EDID A): vendor HOT, one 1920x1080 timing, name, serial and range limits. */
static void make_edid(struct monitor *m)
{
	static const u8 head[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };
	static const u8 basics[] = { 40, 34, 1, 3, 0x80, 0x35, 0x1e, 0x78, 0x0a,
				     0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54 };
	static const u8 timing[] = { 0x02, 0x3a, 0x80, 0x18, 0x71, 0x38, 0x2d, 0x40, 0x58,
				     0x2c, 0x45, 0x00, 0x56, 0x50, 0x21, 0x00, 0x00, 0x1e };
	static const u8 limits[] = { 0, 0, 0, 0xfd, 0, 50, 76, 30, 83, 17, 0, '\n', ' ', ' ', ' ', ' ', ' ', ' ' };
	u16 vendor = ('H' - '@') << 10 | ('O' - '@') << 5 | ('T' - '@');
	u8 *e = m->edid, sum = 0;
	int i;

	memcpy(e, head, sizeof(head));
	e[8] = vendor >> 8;
	e[9] = vendor & 0xff;
	e[10] = models[m->index].product & 0xff;
	e[11] = models[m->index].product >> 8;
	for (i = 0; i < 4; i++)
		e[12 + i] = models[m->index].number >> 8 * i;
	memcpy(e + 16, basics, sizeof(basics));
	memset(e + 38, 1, 16);		/* unused standard timings */
	memcpy(e + 54, timing, sizeof(timing));
	edid_text(e + 72, 0xfc, models[m->index].name);
	edid_text(e + 90, 0xff, models[m->index].serial);
	memcpy(e + 108, limits, sizeof(limits));
	for (i = 0; i < 127; i++)
		sum += e[i];
	e[127] = -sum;
}

static void revert_input(struct work_struct *work)
{
	struct monitor *m = container_of(to_delayed_work(work), struct monitor, revert);

	mutex_lock(&m->lock);
	m->input = m->before_revert;
	mutex_unlock(&m->lock);
}

static void destroy_monitor(struct monitor *m)
{
	if (!m)
		return;
	mutex_lock(&m->plug_lock);
	unplug(m);
	mutex_unlock(&m->plug_lock);
	flush_workqueue(removals);
	cancel_delayed_work_sync(&m->revert);
	if (!IS_ERR_OR_NULL(m->dev))
		device_unregister(m->dev);
	vfree(m);
}

static int create_monitor(int index)
{
	struct monitor *m = vzalloc(sizeof(*m));

	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	mutex_init(&m->plug_lock);
	INIT_DELAYED_WORK(&m->revert, revert_input);
	m->index = index;
	m->caps = models[index].caps;
	m->inputs = models[index].inputs;
	m->input = m->stale_input = 0x0f;
	m->brightness = m->contrast = 50;
	make_edid(m);
	monitors[index] = m;
	m->dev = device_create_with_groups(monitor_class, NULL, MKDEV(0, 0), m, monitor_groups, "mon%d", index);
	if (IS_ERR(m->dev))
		return PTR_ERR(m->dev);
	return plug(m);
}

static void ddcmon_cleanup(void)
{
	int i;

	for (i = 0; i < MONITORS; i++)
		destroy_monitor(monitors[i]);
	class_destroy(monitor_class);
	destroy_workqueue(removals);
}

static int __init ddcmon_init(void)
{
	int i, err = 0;

	removals = alloc_workqueue("ddcmon", WQ_UNBOUND, 0);
	if (!removals)
		return -ENOMEM;
	monitor_class = class_create(THIS_MODULE, "ddcmon");
	if (IS_ERR(monitor_class)) {
		destroy_workqueue(removals);
		return PTR_ERR(monitor_class);
	}
	for (i = 0; i < MONITORS && !err; i++)
		err = create_monitor(i);
	if (err)
		ddcmon_cleanup();
	return err;
}

static void __exit ddcmon_exit(void)
{
	ddcmon_cleanup();
}

module_init(ddcmon_init);
module_exit(ddcmon_exit);
MODULE_DESCRIPTION("Two simulated DDC/CI monitors with faults to order");
MODULE_LICENSE("GPL");
