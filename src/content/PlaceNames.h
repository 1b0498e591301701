#pragma once
#include <string>
#include <string_view>

namespace tram::content {

/// The same for "Xuân Hòa" and "Xuân Hoà", yet not for "Thanh An" and "Thạnh An": each syllable's tone mark
/// moved behind it. For joining tables that follow different spellings; never shown.
std::string spellingKey(std::string_view name);

}  // namespace tram::content
