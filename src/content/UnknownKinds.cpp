#include "content/UnknownKinds.h"

namespace tram::content {

std::vector<UnknownKind> unknownKinds(const pack::PackFile& file, const catalogue::Catalogue& catalogue) {
    std::vector<UnknownKind> unknown;
    for (const auto& kind : file.kinds())
        if (!catalogue.kind(kind))
            unknown.push_back({file.about().name, kind, static_cast<std::size_t>(file.count(kind))});
    return unknown;
}

}  // namespace tram::content
