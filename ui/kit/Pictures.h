#pragma once
#include <wx/bitmap.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace tram::kit {

/// A JPEG or PNG, turned clockwise by quarters, made smaller to fit `box` when it is larger; not Ok when the
/// bytes are neither.
wxBitmap decodePicture(const std::string& bytes, wxSize box, int quarters = 0);

/// Decoded pictures by key and size. What the last tree did not show is dropped (wipe, memory).
class Pictures {
  public:
    /// Scaled to fit `box`; an invalid bitmap when the bytes are no picture.
    const wxBitmap& fitted(const std::string& key, const std::string& bytes, wxSize box, int quarters = 0);
    void beginTree();
    void endTree();

  private:
    struct Entry {
        wxBitmap bitmap;
        wxSize box;
        int quarters = 0;
        bool used = true;
    };
    std::map<std::string, Entry> entries_;
};

}  // namespace tram::kit
