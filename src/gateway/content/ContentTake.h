#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

struct ContentOrder {
    std::filesystem::path dir;                 ///< of the PackShelf
    std::vector<std::filesystem::path> files;  ///< roots, at most one manifest, packs: in any order
    /// Somebody vouches for the first root: nothing else does.
    bool firstRoot = false;
};

struct ContentTaken {
    int rootVersion = 0, version = 0;  ///< 0: none
    std::size_t roots = 0, packs = 0;  ///< new ones
    bool manifest = false;             ///< a new one is in force
};

/// Publishes what the city has signed, judged as a kiosk judges it (trust::Trust): the next roots of the
/// chain, a manifest that the newest root's keys signed and that goes on from the one in force, and every
/// pack that it names, by size, hash and whether it opens. All of it or nothing, beside a gateway that
/// serves: packs first, the manifest last. The same again changes nothing.
///
/// Conflict (expected): the first root without `firstRoot`, two manifests, a root under which the manifest in
/// force no longer holds. FileMissing (key: a pack's name). NotFound (path): a pack that no manifest names.
/// RolledBack, BadSignature, Expired, Malformed (path). StoreBusy while another one takes.
base::Result<ContentTaken> takeContent(const ContentOrder& order, base::WallTime now);

}  // namespace tram::gateway
