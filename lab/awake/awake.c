// SPDX-License-Identifier: GPL-2.0
/*
 * awake: while it is loaded, PCI devices sleep through nothing. Some of an emulated PC's do not wake up again (virtio's 9p and gpu have
 * no freeze and no restore in this kernel), and what is tested is the input devices, which are none of them.
 */
#include <linux/module.h>
#include <linux/pci.h>

static void keep_awake(bool awake)
{
	struct pci_dev *device = NULL;

	for_each_pci_dev(device)
		dev_pm_syscore_device(&device->dev, awake);
}

static int __init awake_init(void)
{
	keep_awake(true);
	return 0;
}

static void __exit awake_exit(void)
{
	keep_awake(false);
}

module_init(awake_init);
module_exit(awake_exit);
MODULE_DESCRIPTION("Keeps PCI devices out of a suspend");
MODULE_LICENSE("GPL");
