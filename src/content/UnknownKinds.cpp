#include "content/UnknownKinds.h"

#include "base/Files.h"
#include "base/Log.h"

namespace tram::content {

std::vector<UnknownKind> unknownKinds(const pack::PackFile& file, const catalogue::Catalogue& catalogue) {
    std::vector<UnknownKind> unknown;
    for (const auto& kind : file.kinds())
        if (!catalogue.kind(kind))
            unknown.push_back({file.about().name, kind, static_cast<std::size_t>(file.count(kind))});
    return unknown;
}

bool tellOnce(const std::filesystem::path& note, int version, const std::vector<UnknownKind>& unknown) {
    constexpr std::size_t kMost = 1u << 16;
    auto telling = std::to_string(version) + "\n";
    for (const auto& one : unknown) telling += one.pack + " " + one.kind + "\n";
    const auto told = base::readFile(note, kMost);
    if (told ? *told == telling : unknown.empty()) return false;
    for (const auto& [pack, kind, entries] : unknown)
        base::log::warning("kind_not_known", {{"pack", base::log::Name{pack}},
                                              {"kind", base::log::Name{kind}},
                                              {"entries", entries},
                                              {"version", version}});
    (void)base::writeFileAtomically(note, telling);  // not kept, it is told again
    return !unknown.empty();
}

}  // namespace tram::content
