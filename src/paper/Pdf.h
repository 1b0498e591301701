#pragma once
#include <utility>

#include "base/Secret.h"

namespace tram::paper {

/// A finished document in memory. It holds what a resident asked to have on paper: wiped when dropped, not
/// copied by accident.
class Pdf {
  public:
    Pdf() = default;
    Pdf(base::SecretBytes bytes, int pages, double widthMm, double heightMm)
        : bytes_(std::move(bytes)), pages_(pages), widthMm_(widthMm), heightMm_(heightMm) {}

    const std::vector<unsigned char>& bytes() const { return bytes_.reveal(); }
    int pages() const { return pages_; }
    double widthMm() const { return widthMm_; }    ///< of each page; of bound ones, of the first
    double heightMm() const { return heightMm_; }  ///< likewise
    bool empty() const { return bytes_.empty(); }
    /// The bytes, out of it.
    base::SecretBytes take() && { return std::move(bytes_); }
    Pdf copy() const { return {bytes_.copy(), pages_, widthMm_, heightMm_}; }

  private:
    base::SecretBytes bytes_;
    int pages_ = 0;
    double widthMm_ = 0, heightMm_ = 0;
};

}  // namespace tram::paper
