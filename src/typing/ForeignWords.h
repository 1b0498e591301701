#pragma once
#include <string_view>

namespace tram::typing {

/// Common foreign words that the general rules would spoil: office would end as ofice (its second f undoes a
/// tone), momo as môm. Words whose spoilt form is a word too (off, loss: of, Los; these: thế) are left to the
/// rules.
bool isForeignWord(std::u32string_view keys);

}  // namespace tram::typing
