#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalogue/Values.h"
#include "content/City.h"
#include "ui/screens/Host.h"

namespace tram::screens {

using catalogue::FieldValue;

/// A field's value as people read it: "Tiểu học", "1.110 học sinh", "8.000 đồng", "29/11/2026"; of opening
/// hours a line for each group of days; of a list a line each.
std::string valueText(const Host& host, const FieldValue& value);
/// Beneath the title in a list: the kind's line, its parts with " · " between them.
std::string lineText(const Host& host, const catalogue::Kind& kind, const std::vector<FieldValue>& values);

struct OpenNow {
    bool open = false;
    std::string text;  ///< "Đang mở · đến 17:00"
};
/// Nothing for what has no opening hours.
std::optional<OpenNow> openNow(const Host& host, const std::vector<FieldValue>& values);

/// As the crow flies: "350 m", "1,1 km".
std::string distanceText(const Host& host, double metres);
/// "đi bộ khoảng 12 phút"; nothing beyond what anybody walks.
std::string walkText(const Host& host, double metres);

}  // namespace tram::screens
