#pragma once
#include <string>

#include "crypto/Bytes.h"
#include "feedback/Draft.h"

namespace tram::test {

/// A report with everything that it may have, and pictures of so many random bytes each.
inline feedback::Draft sampleDraft(const std::string& text, int pictures, std::size_t size) {
    feedback::Draft draft;
    draft.fieldId = "thoat-nuoc";
    draft.text = base::SecretText(text);
    draft.wardCode = "27154";
    draft.address = base::SecretText(std::string("12 Nguyễn Thiện Thuật"));
    draft.disclosure = wire::Disclosure::Named;
    draft.name = base::SecretText(std::string("Nguyễn Thị Hoàng Yến"));
    draft.phone = base::SecretText(std::string("0903 000 000"));
    draft.consent = true;
    draft.consentVersion = "2026-11";
    for (int i = 0; i < pictures; ++i)
        draft.pictures.push_back({std::to_string(i), base::SecretBytes(crypto::randomBytes(size)), {}});
    return draft;
}

}  // namespace tram::test
